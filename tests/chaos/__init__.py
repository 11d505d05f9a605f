"""The storm: nodes that are killed, frozen and cut off, and how what it leaves behind is judged."""
