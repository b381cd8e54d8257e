"""What Parterre costs: CPU and SQL per operation, throughput, double sales, memory, and what a browser feels.

Figures are ratios, CPU time and counts taken in one run on one machine; beside them stands the floor of that run.
"""
