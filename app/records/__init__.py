"""One declaration a register: it drives table, form, validation, import and export."""
