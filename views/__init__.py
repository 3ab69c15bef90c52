"""Pages: figures as a person reads them, in Chinese and English. Only the command line imports them."""
