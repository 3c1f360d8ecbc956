"""«Куратор НКО»: from a curator's lists to the quarterly return."""
