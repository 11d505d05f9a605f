/** A text file of a draft that is typed into: saved soon after each change, never over what another person saved. */
import { getFileContent, putFile, type FileContent } from '../../api/modelDrafts';
import { Saver } from '../../modeler/saver';

export class TypedFile {
  readonly saver: Saver;
  private text: string;

  constructor(draftKey: string, { path, content, revision }: FileContent) {
    this.text = content;
    this.saver = new Saver(
      {
        content: () => Promise.resolve(this.text),
        put: (text, over) => putFile(draftKey, { path, content: text, revision: over }),
        latest: async () => (await getFileContent(draftKey, path)).revision,
      },
      revision,
    );
  }

  type(text: string): void {
    this.text = text;
    this.saver.changed();
  }
}
