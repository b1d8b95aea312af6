import {
  type CancellationToken,
  LanguageClient,
  LSPErrorCodes,
  type MessageSignature,
  ResponseError,
} from 'vscode-languageclient/node';
import { tell } from '../tell';

/** The library's client, which keeps its own words to the output: what a person must know we say in ours. */
export class OurClient extends LanguageClient {
  private readonly said = new Set<string>();

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** A request that took longer than it may is told once; the editor asks the same again and again. */
  override handleFailedRequest<T>(
    type: MessageSignature,
    token: CancellationToken | undefined,
    error: unknown,
    defaultValue: T,
    showNotification?: boolean,
  ): T {
    if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.RequestFailed)
      return super.handleFailedRequest(type, token, error, defaultValue, showNotification);
    if (!this.said.has(error.message)) tell('warning', error.message);
    this.said.add(error.message);
    return defaultValue;
  }
}
