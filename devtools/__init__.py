"""What stands behind `./dev`: the environment, the servers and the processes of one machine.

Standard library only, because it runs before anything is installed.
"""
