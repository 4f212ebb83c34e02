//! Applications that take their time.

mod files;
