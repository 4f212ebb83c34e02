//! `bindgen MODULE.wasm FOLDER NAME`: writes `NAME.js` and `NAME_bg.wasm`.
//!
//! The same as the `wasm-bindgen` program with `--target web`, built with the workspace: one lock file, and a quarter
//! of what that program needs.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else { return Err("MODULE.wasm FOLDER NAME are needed".into()) };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).web(true)?.typescript(false).remove_name_section(true).remove_producers_section(true);
    Ok(bindgen.out_name(name).generate(folder)?)
}
