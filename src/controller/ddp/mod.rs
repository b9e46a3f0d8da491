//! DDP, the Distributed Display Protocol (3waylabs.com/ddp), over UDP port 4048. See `README.md` in this folder.
