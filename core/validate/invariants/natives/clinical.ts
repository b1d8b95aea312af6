// What STU3 asks of the clinical resources that other ITK3 documents carry.
import { isObject, list } from '../../../json';
import { equal } from '../../equal';
import { ASK, has, hasChoice, HOLDS, lacksAll, type Native } from '../breach';
import { perhaps, remove, set } from '../mends';

/** A reason why something was not done stands only where it was not. */
const notDoneReason: Native = (value) =>
  has(value, 'notDoneReason') && value.notDone !== true
    ? [
        {
          says: 'notDoneReason stands only where notDone is true.',
          at: '/notDoneReason',
          excess: ['notDoneReason'],
          mends: [
            perhaps('Remove notDoneReason', remove('notDoneReason')),
            perhaps('Set notDone to true', set('notDone', true)),
          ],
        },
      ]
    : HOLDS;

const ABATED = ['resolved', 'remission', 'inactive'];

export const CLINICAL: Record<string, Native> = {
  'dataAbsentReason.empty() or value.empty()': (observation) =>
    has(observation, 'dataAbsentReason') && hasChoice(observation, 'value')
      ? [
          {
            says: 'An observation has either a value or a dataAbsentReason, not both.',
            at: '/dataAbsentReason',
            excess: ['dataAbsentReason', 'value[x]'],
            mends: [perhaps('Remove dataAbsentReason', remove('dataAbsentReason'))],
          },
        ]
      : HOLDS,

  'value.empty() or code!=component.code': (observation) =>
    observation.component === undefined || !hasChoice(observation, 'value')
      ? HOLDS
      : list(observation.component).flatMap((component, i) =>
          isObject(component) && component.code !== undefined && equal(component.code, observation.code)
            ? [
                {
                  says: 'A component with the code of the observation itself would be a second value of it.',
                  at: `/component/${i}/code`,
                  related: [{ at: '/code', message: 'The code of the observation' }],
                },
              ]
            : [],
        ),

  'low.exists() or high.exists() or text.exists()': (range) =>
    lacksAll(range, ['low', 'high', 'text'], 'A reference range has at least low, high or text.'),

  'summary.exists() or assessment.exists()': (stage) =>
    lacksAll(stage, ['summary', 'assessment'], 'A stage has a summary or an assessment.'),

  'code.exists() or detail.exists()': (evidence) =>
    lacksAll(evidence, ['code', 'detail'], 'Evidence has a code or details.'),

  "abatement.empty() or (abatement as boolean).not()  or clinicalStatus='resolved' or clinicalStatus='remission' or clinicalStatus='inactive'":
    (condition) => {
      const { clinicalStatus, abatementBoolean } = condition;
      if (typeof clinicalStatus !== 'string' || ABATED.includes(clinicalStatus)) return HOLDS;
      if (abatementBoolean === false || !hasChoice(condition, 'abatement')) return HOLDS;
      const says = `A condition that has abated is ${ABATED.join(', ').replace(/, (?=\w+$)/, ' or ')}.`;
      const mends = ABATED.map((status) => perhaps(`Change to ${status}`, set('clinicalStatus', status)));
      return [{ says, at: '/clinicalStatus', part: 'value', mends }];
    },

  'notDoneReason.empty() or notDone = true': notDoneReason,
  'notDone or notDoneReason.exists().not()': notDoneReason,

  "reasonNotTaken.exists().not() or (taken = 'n')": (statement) =>
    has(statement, 'reasonNotTaken') && typeof statement.taken === 'string' && statement.taken !== 'n'
      ? [
          {
            says: 'reasonNotTaken stands only where taken is "n".',
            at: '/reasonNotTaken',
            excess: ['reasonNotTaken'],
            mends: [
              perhaps('Remove reasonNotTaken', remove('reasonNotTaken')),
              perhaps('Change taken to n', set('taken', 'n')),
            ],
          },
        ]
      : HOLDS,

  '(notGiven = true).not() or (reaction.empty() and explanation.reason.empty())': (immunization) => {
    if (immunization.notGiven !== true) return HOLDS;
    const says = 'What was not given has neither a reaction nor a reason why it was given.';
    if (has(immunization, 'reaction')) return [{ says, at: '/reaction', excess: ['reaction'] }];
    return isObject(immunization.explanation) && has(immunization.explanation, 'reason')
      ? [{ says, at: '/explanation/reason', owner: '/explanation', excess: ['reason'] }]
      : HOLDS;
  },

  '(notGiven = true) or explanation.reasonNotGiven.empty()': ({ notGiven, explanation }) =>
    notGiven === false && isObject(explanation) && has(explanation, 'reasonNotGiven')
      ? [
          {
            says: 'What was given has no reason why it was not.',
            at: '/explanation/reasonNotGiven',
            owner: '/explanation',
            excess: ['reasonNotGiven'],
          },
        ]
      : HOLDS,

  // Who the agent is, only the library follows.
  '(agent.resolve().empty()) or (agent.resolve() is Device) or (agent.resolve() is Practitioner) or onBehalfOf.exists().not()':
    (requester) => (has(requester, 'onBehalfOf') ? ASK : HOLDS),
};
