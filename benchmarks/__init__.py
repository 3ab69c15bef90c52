"""Benchmarks: how fast and how large Gongji is, measured on the program as it is used. `python -m benchmarks.run`"""
