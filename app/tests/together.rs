//! Nothing in this folder is forgotten.

#[test]
fn every_file_in_this_folder_is_part_of_the_run() {
    assert_eq!(testhouse::forgotten(env!("CARGO_MANIFEST_DIR")), [""; 0], "main.rs does not name these");
}
