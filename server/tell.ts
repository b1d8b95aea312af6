// What a person is to know though nobody asked.
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';

export function warn(connection: Connection, message: string): void {
  // Sending fails only when the client has gone.
  connection
    .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
    .catch(() => undefined);
}
