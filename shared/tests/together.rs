//! Nothing in this folder is forgotten.

use std::{fs, path::Path};

#[test]
fn every_file_in_this_folder_is_part_of_the_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let main = fs::read_to_string(folder.join("main.rs")).expect("the program of the tests lies here");
    for entry in fs::read_dir(folder).expect("this folder can be read") {
        let name = entry.expect("this folder can be read").file_name().into_string().expect("names are text");
        if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") {
            assert!(main.contains(&format!("mod {module};")), "main.rs does not name {module}");
        }
    }
}
