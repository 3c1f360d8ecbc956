"""Files out: blocks to PDF, XLSX and HTML."""
