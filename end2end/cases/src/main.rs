//! `cases < files.json`: the answers to all cases, natively.

use std::io::{self, Read};

fn main() -> io::Result<()> {
    let mut files = String::new();
    io::stdin().read_to_string(&mut files)?;
    print!("{}", cases::answers(&files));
    Ok(())
}
