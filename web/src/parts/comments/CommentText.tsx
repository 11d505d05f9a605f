/** What somebody wrote, as text and nothing else; whom it mentions stands out. */
import type { Comment } from '../../api/types';
import { useI18n } from '../../i18n';
import { readable } from '../../ui/erased';
import { usePersonNames } from '../../ui/names';
import { piecesOf } from './mentions';

export function CommentText({ comment }: { comment: Comment }) {
  const { t } = useI18n();
  const nameOf = usePersonNames(comment.mentions);
  const people = comment.mentions.map((username) => ({ username, name: nameOf(username) }));
  return (
    <p className="comment-text">
      {piecesOf(readable(comment.text, t('common.erased')), people).map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <strong key={index} className="mention" title={piece.username}>
            @{piece.name}
          </strong>
        ),
      )}
    </p>
  );
}
