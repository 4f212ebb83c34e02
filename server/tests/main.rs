//! All tests of the server from outside, in one program.

mod offices;
mod support;
mod together;
