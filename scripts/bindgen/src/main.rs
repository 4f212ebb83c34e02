//! `bindgen MODULE.wasm FOLDER NAME [node]`: writes `NAME.js` and `NAME_bg.wasm` for a page, or for Node.
//!
//! The same as the `wasm-bindgen` program, built with the workspace: one lock file, and a quarter of what that program
//! needs.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (module, folder, name, node) = match arguments.as_slice() {
        [module, folder, name] => (module, folder, name, false),
        [module, folder, name, node] if node == "node" => (module, folder, name, true),
        _ => return Err("MODULE.wasm FOLDER NAME [node] are needed".into()),
    };
    let mut bindgen = Bindgen::new();
    if node {
        bindgen.nodejs(true)?;
    } else {
        bindgen.web(true)?;
    }
    bindgen.input_path(module).typescript(false).remove_name_section(true).remove_producers_section(true);
    Ok(bindgen.out_name(name).generate(folder)?)
}
