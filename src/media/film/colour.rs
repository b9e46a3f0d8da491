//! Y, Cb and Cr of a video to R, G and B, in integers, row by row.
