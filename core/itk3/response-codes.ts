/** What one code of an ITK3 acknowledgement means to the message (profiles/itk3/response-codes.json). */
export interface ResponseCode {
  code: string;
  layer: 'infrastructure' | 'business';
  outcome: 'positive' | 'negative';
  /** MessageHeader.response.code that goes with it. */
  responseCode: 'ok' | 'transient-error' | 'fatal-error';
  /** OperationOutcome.issue.severity and the issue.code values that may go with it. */
  severity: string;
  issueCodes: string[];
  /** Where published sources contradict each other. */
  conflict?: string;
  /** What the other source has, as far as it differs. */
  elsewhere?: { responseCode?: string; severity?: string; issueCode?: string };
  source: string;
}
