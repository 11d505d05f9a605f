/** A stand-in for uploads: the test answers each of them when it wants to. */
import { vi } from 'vitest';

export interface Sent {
  path: string;
  headers: Record<string, string>;
  body: FormData;
  metadata: Record<string, unknown>;
  aborted: boolean;
  progress: (part: number) => void;
  answer: (status: number, body: unknown) => void;
  lose: () => void;
}

/** What is uploaded from now on. */
export function catchUploads(): Sent[] {
  const all: Sent[] = [];
  class FakeRequest {
    upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null } = { onprogress: null };
    onload: (() => void) | null = null;
    onerror: (() => void) | null = null;
    onabort: (() => void) | null = null;
    status = 0;
    responseText = '';
    private path = '';
    private headers: Record<string, string> = {};
    private sent: Sent | null = null;
    open(_method: string, path: string) {
      this.path = path.replace('/v2', '');
    }
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value;
    }
    getResponseHeader(name: string) {
      return name === 'Content-Type' ? 'application/json' : null;
    }
    abort() {
      if (this.sent) this.sent.aborted = true;
      this.onabort?.();
    }
    send(body: FormData) {
      this.sent = {
        path: this.path,
        headers: this.headers,
        body,
        metadata: JSON.parse(body.get('metadata') as string) as Record<string, unknown>,
        aborted: false,
        progress: (part) => this.upload.onprogress?.({ loaded: part, total: 1 }),
        answer: (status, answered) => {
          this.status = status;
          this.responseText = JSON.stringify(answered);
          this.onload?.();
        },
        lose: () => this.onerror?.(),
      };
      all.push(this.sent);
    }
  }
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  return all;
}

/** A reference as the server answers it to an upload for the form of a task. */
export function reference(documentId: string, fileName: string, userTaskKey?: string) {
  const metadata = { fileName, contentType: 'application/pdf', size: 2048, processInstanceKey: '1' };
  return {
    'camunda.document.type': 'camunda',
    storeId: 'krabuan',
    documentId,
    contentHash: 'x',
    metadata: { ...metadata, ...(userTaskKey && { userTaskKey }) },
  };
}
