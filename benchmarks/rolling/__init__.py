"""Replace two nodes of a release one after the other by those of the next, under load: does any request fail?"""
