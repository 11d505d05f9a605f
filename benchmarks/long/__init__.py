"""What takes long: `./run long NAME`. Each writes its figures to .krabuan/long/NAME.json and can be resumed."""
