"""Example chains with invented activity data, and the script that writes their files."""
