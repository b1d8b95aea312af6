// Shows the steps of a dialogue as VS Code shows its own: one quick input, its steps counted, with a button that goes back.
import * as vscode from 'vscode';
import { type Answer, type Ask, BACK, type Item, type Question } from './dialogue';

interface Shown<T> extends vscode.QuickPickItem {
  item?: Item<T>;
}

export function askIn(title: string): Ask {
  return {
    one(question, items, chosen) {
      const pick = pickOf(title, question, items);
      pick.activeItems = pick.items.filter(({ item }) => item?.value === chosen);
      return answered(pick, () => pick.activeItems[0]?.item?.value);
    },
    several(question, items, chosen) {
      const pick = pickOf(title, question, items);
      pick.canSelectMany = true;
      pick.selectedItems = pick.items.filter(({ item }) => item && chosen.includes(item.value));
      return answered(pick, () => {
        const values = pick.selectedItems.flatMap(({ item }) => (item ? [item.value] : []));
        return values.length > 0 ? values : undefined;
      });
    },
    text(question, value, problem) {
      const box = vscode.window.createInputBox();
      framed(box, title, question);
      box.placeholder = question.placeholder;
      box.prompt = question.prompt;
      box.password = question.secret === true;
      box.value = value;
      box.valueSelection = [0, value.length];
      box.onDidChangeValue((text) => (box.validationMessage = problem(text)));
      return answered(box, () => {
        box.validationMessage = problem(box.value);
        return box.validationMessage === undefined ? box.value : undefined;
      });
    },
  };
}

function pickOf<T>(title: string, question: Question, items: readonly Item<T>[]): vscode.QuickPick<Shown<T>> {
  const pick = vscode.window.createQuickPick<Shown<T>>();
  framed(pick, title, question);
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const show = (item: Item<T>): Shown<T> => {
    const { label, description, detail, icon } = item;
    return { label: icon === undefined ? label : `$(${icon}) ${label}`, description, detail, item };
  };
  const apart = items.filter(({ icon }) => icon !== undefined).map(show);
  const choices = items.filter(({ icon }) => icon === undefined).map(show);
  const separator = { label: question.placeholder, kind: vscode.QuickPickItemKind.Separator };
  pick.items = apart.length > 0 ? [...apart, separator, ...choices] : choices;
  return pick;
}

function framed(input: vscode.QuickInput & Buttons, title: string, { step, steps }: Question): void {
  input.title = title;
  input.step = step;
  input.totalSteps = steps;
  // People look things up in other windows in between.
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}

interface Buttons {
  buttons: readonly vscode.QuickInputButton[];
}

interface Input extends vscode.QuickInput {
  onDidAccept: vscode.Event<void>;
  onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
}

/** @param value what is answered now; undefined when nothing that can be taken */
function answered<T>(input: Input, value: () => T | undefined): Promise<Answer<T>> {
  return new Promise<Answer<T>>((resolve) => {
    input.onDidAccept(() => {
      const now = value();
      if (now !== undefined) resolve(now);
    });
    input.onDidTriggerButton(() => resolve(BACK));
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}
