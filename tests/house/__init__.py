"""House-keeping: the bars that the code, the papers and the addresses of the house hold."""
