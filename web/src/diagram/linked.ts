/** Diagrams that are looked at together: what is moved or zoomed in one of them is in all. */
import type NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { reveal, type Canvas } from './marks';

interface EventBus {
  on: (event: string, callback: () => void) => void;
  off: (event: string, callback: () => void) => void;
}

/** Names are too small to read below this. */
const READABLE = 0.6;
const MOVED = 'canvas.viewbox.changing';

export class Linked {
  private readonly viewers = new Set<NavigatedViewer>();
  private following = false;
  /** what was to be shown last: a diagram that is opened later shows it too */
  private wanted: string | null = null;

  /** Takes a diagram in; what is returned lets it go again. */
  join(viewer: NavigatedViewer): () => void {
    // the view is as it will be only after those who are told of it have returned
    const moved = () => this.following || queueMicrotask(() => this.follow(viewer));
    const bus = viewer.get<EventBus>('eventBus');
    bus.on(MOVED, moved);
    this.viewers.add(viewer);
    if (this.wanted) this.show(this.wanted);
    return () => {
      this.viewers.delete(viewer);
      bus.off(MOVED, moved);
    };
  }

  /** Brings an element into view in every diagram that has it. */
  show(id: string): void {
    this.wanted = id;
    for (const viewer of this.viewers) {
      if (!viewer.get<{ get: (id: string) => unknown }>('elementRegistry').get(id)) continue;
      const canvas = viewer.get<Canvas>('canvas');
      if (canvas.zoom() < READABLE) canvas.zoom(READABLE);
      reveal(viewer, id);
      this.follow(viewer);
    }
  }

  private follow(leader: NavigatedViewer): void {
    if (!this.viewers.has(leader)) return;
    const { x, y, width, height } = leader.get<Canvas>('canvas').viewbox();
    this.following = true;
    try {
      for (const viewer of this.viewers)
        if (viewer !== leader) viewer.get<Canvas>('canvas').viewbox({ x, y, width, height });
    } finally {
      this.following = false;
    }
  }
}
