"""From a folder of whatever students sent to cells that can be run."""
