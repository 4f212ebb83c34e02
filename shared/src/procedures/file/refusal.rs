//! Why a photograph or file is not taken, or not given out, each in its own words.

use super::{MOST_BYTES, MOST_BYTES_OF_A_CASE, MOST_OF_A_CASE, MOST_OF_A_PAPER, MOST_PAGES};
use crate::problem::Words;

/// What is wrong with a file, or with where it was to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    Empty,
    TooLarge,
    /// More pixels than [`super::MOST_PIXELS`], or a side that is too long.
    TooManyPixels,
    /// A telephone's own kind of photograph.
    Heic,
    /// It would run.
    Program,
    /// Neither photograph nor PDF, whatever its name says.
    OtherKind,
    /// It begins as a photograph or PDF and cannot be read.
    Damaged,
    TooManyPages,
    /// A PDF with a password.
    Locked,
    /// A PDF that runs something, carries other files or unpacks itself again and again.
    ActivePdf,
    /// The scanner found something in it.
    Infected,
    /// It is looked at for malicious software, and not given out before.
    NotScanned,
    TooManyOfPaper,
    /// Too many, or too many bytes together.
    TooManyOfCase,
    /// A part of a file that does not follow on what has come.
    OtherPart {
        /// Bytes that are here.
        received: u64,
    },
    /// Not all of it has come.
    NotWhole {
        received: u64,
        size: u64,
    },
    /// The disk is full.
    NoRoom,
    /// Where files lie neither takes nor gives any at the moment.
    StoreAway,
}

impl NotTaken {
    /// One of each.
    pub fn examples() -> [Self; 18] {
        [
            Self::Empty,
            Self::TooLarge,
            Self::TooManyPixels,
            Self::Heic,
            Self::Program,
            Self::OtherKind,
            Self::Damaged,
            Self::TooManyPages,
            Self::Locked,
            Self::ActivePdf,
            Self::Infected,
            Self::NotScanned,
            Self::TooManyOfPaper,
            Self::TooManyOfCase,
            Self::OtherPart { received: 1 },
            Self::NotWhole { received: 1, size: 2 },
            Self::NoRoom,
            Self::StoreAway,
        ]
    }

    pub(in crate::procedures) fn words(self) -> Words {
        match self {
            Self::Empty | Self::TooLarge | Self::TooManyPixels | Self::TooManyPages => self.words_of_size(),
            Self::Heic | Self::Program | Self::OtherKind | Self::Damaged | Self::Locked | Self::ActivePdf => {
                self.words_of_kind()
            }
            Self::Infected | Self::NotScanned => self.words_of_scan(),
            Self::TooManyOfPaper | Self::TooManyOfCase => self.words_of_count(),
            Self::OtherPart { .. } | Self::NotWhole { .. } => self.words_of_sending(),
            Self::NoRoom | Self::StoreAway => self.words_of_store(),
        }
    }

    fn words_of_size(self) -> Words {
        let megabytes = MOST_BYTES / (1024 * 1024);
        match self {
            Self::Empty => Words::new(
                "file_empty",
                422,
                ["文件是空的", "The file is empty"],
                ["这个文件里没有内容。请重新选择。", "There is nothing in this file. Please choose another one."],
            ),
            Self::TooLarge => Words::new(
                "file_too_large",
                413,
                ["文件太大", "The file is too large"],
                [
                    &format!("这个文件超过 {megabytes} MB，没有收下。请把照片调小，或者重新拍一张、分成几张再交。"),
                    &format!(
                        "This file has more than {megabytes} MB and was not taken. Make the photo smaller, take another one, or \
                         hand it in as several."
                    ),
                ],
            ),
            Self::TooManyPages => Words::new(
                "file_too_many_pages",
                422,
                ["PDF 页数太多", "Too many pages"],
                [
                    &format!("这个 PDF 超过 {MOST_PAGES} 页，没有收下。请只交需要的几页。"),
                    &format!(
                        "This PDF has more than {MOST_PAGES} pages and was not taken. Hand in only the pages asked for."
                    ),
                ],
            ),
            _ => Words::new(
                "file_too_many_pixels",
                422,
                ["照片尺寸太大", "The photo is too large"],
                [
                    "这张照片超过 2400 万像素，没有收下。请在相机设置里选小一些的尺寸，重新拍一张。",
                    "This photo has more than 24 megapixels and was not taken. Choose a smaller size in the camera's settings and \
                     take it again.",
                ],
            ),
        }
    }

    fn words_of_kind(self) -> Words {
        match self {
            Self::Heic => Words::new(
                "file_heic",
                415,
                ["HEIC 照片打不开", "HEIC cannot be opened here"],
                [
                    "这是手机的 HEIC 格式照片，很多地方打不开，没有收下。请在相机设置里选“兼容性最佳”后重拍，或者对着它截屏，再交截屏。",
                    "This is a photo in a phone's HEIC format, which many cannot open, and it was not taken. Choose \"Most Compatible\" \
                     in the camera's settings and take it again, or hand in a screenshot of it.",
                ],
            ),
            Self::Program => Words::new(
                "file_program",
                415,
                ["这是程序，不是材料", "This is a program"],
                [
                    "不管名字是什么，这个文件是能运行的程序，没有收下。请交照片（JPEG、PNG）或 PDF。",
                    "Whatever its name says, this file is a program, and it was not taken. Hand in a photo (JPEG or PNG) or a PDF.",
                ],
            ),
            Self::Damaged => Words::new(
                "file_damaged",
                422,
                ["文件打不开", "The file cannot be read"],
                [
                    "这个文件不完整或者坏了，没有收下。请重新拍一张照片，或者重新导出 PDF。",
                    "This file is incomplete or damaged and was not taken. Take the photo again, or save the PDF again.",
                ],
            ),
            Self::Locked => Words::new(
                "file_locked",
                422,
                ["PDF 设了密码", "The PDF has a password"],
                [
                    "这个 PDF 设了密码，办事人员打不开，没有收下。请去掉密码，或者拍成照片再交。",
                    "This PDF has a password, so nobody here could open it, and it was not taken. Remove the password, or hand in \
                     photos.",
                ],
            ),
            Self::ActivePdf => Words::new(
                "file_active_pdf",
                422,
                ["PDF 里有不收的内容", "The PDF holds more than pages"],
                [
                    "这个 PDF 里带有脚本、附件或者反复压缩的内容，没有收下。请重新导出成普通的 PDF，或者拍成照片再交。",
                    "This PDF holds scripts, attachments or data packed again and again, and was not taken. Save it as a plain PDF, or \
                     hand in photos.",
                ],
            ),
            _ => Words::new(
                "file_other_kind",
                415,
                ["不是照片也不是 PDF", "Neither photo nor PDF"],
                [
                    "不管名字是什么，这个文件不是 JPEG、PNG 照片，也不是 PDF，没有收下。请拍成照片，或者另存为 PDF 再交。",
                    "Whatever its name says, this file is neither a JPEG or PNG photo nor a PDF, and it was not taken. Take a photo of \
                     it, or save it as a PDF.",
                ],
            ),
        }
    }

    fn words_of_scan(self) -> Words {
        match self {
            Self::Infected => Words::new(
                "file_infected",
                422,
                ["文件里有病毒", "Malicious software was found"],
                [
                    "安全检查在这个文件里发现了病毒，没有收下。请换一台干净的设备重新拍照或导出，也请检查您的设备。",
                    "The check found malicious software in this file, and it was not taken. Make it again on another device, and have \
                     yours checked.",
                ],
            ),
            _ => Words::new(
                "file_not_scanned",
                409,
                ["文件还在检查", "Still being checked"],
                [
                    "这个文件已经收下，安全检查还没做完，现在还不能打开。请过几分钟再看。",
                    "This file has been taken and is still being checked for malicious software, so it cannot be opened yet. Look again \
                     in a few minutes.",
                ],
            ),
        }
    }

    fn words_of_count(self) -> Words {
        if matches!(self, Self::TooManyOfPaper) {
            return Words::new(
                "file_too_many_of_paper",
                409,
                ["这份材料的文件太多", "Too many for this paper"],
                [
                    &format!("一份材料最多 {MOST_OF_A_PAPER} 个文件。请先去掉不需要的，再添加。"),
                    &format!("One paper takes up to {MOST_OF_A_PAPER} files. Remove one that is not needed first."),
                ],
            );
        }
        let megabytes = MOST_BYTES_OF_A_CASE / (1024 * 1024);
        Words::new(
            "file_too_many_of_case",
            409,
            ["文件太多", "Too many files"],
            [
                &format!(
                    "一件申请最多 {MOST_OF_A_CASE} 个文件，合起来不超过 {megabytes} MB。请先去掉不需要的，再添加；还不够的，请带到窗口。"
                ),
                &format!(
                    "One application takes up to {MOST_OF_A_CASE} files of {megabytes} MB together. Remove one that is not needed first, \
                     or bring the rest to the counter."
                ),
            ],
        )
    }

    fn words_of_sending(self) -> Words {
        match self {
            Self::OtherPart { received } => Words::new(
                "file_other_part",
                409,
                ["接不上已经收到的部分", "Not the part that comes next"],
                [
                    &format!("这个文件已经收到 {received} 字节，请从那里接着传。"),
                    &format!("{received} bytes of this file have come. Go on from there."),
                ],
            ),
            Self::NotWhole { received, size } => Words::new(
                "file_not_whole",
                409,
                ["文件还没传完", "Not all of it has come"],
                [
                    &format!("这个文件共 {size} 字节，只收到 {received} 字节。请接着传完。"),
                    &format!("{received} of {size} bytes of this file have come. Send the rest first."),
                ],
            ),
            _ => self.words_of_store(),
        }
    }

    fn words_of_store(self) -> Words {
        match self {
            Self::StoreAway => Words::new(
                "file_store_away",
                503,
                ["存放文件的地方用不了", "Files cannot be stored or opened"],
                [
                    "存放文件的地方现在用不了，存不进去，也打不开，这一步没有办成。已经填写和交过的都在。请过几分钟再试，或者把材料带到窗口。",
                    "Where files are kept cannot be used at the moment: nothing can be stored or opened there, and this step was not done. \
                     What was filled in and handed in before is still there. Try again in a few minutes, or bring the paper to the \
                     counter.",
                ],
            ),
            _ => Words::new(
                "file_no_room",
                507,
                ["暂时存不下文件", "No room for files"],
                [
                    "系统暂时存不下新的文件，这个文件没有收下，已经填写和交过的都在。请过一会儿再试，或者把材料带到窗口。",
                    "There is no room for new files at the moment, and this one was not taken; what you filled in and handed in before is \
                     still there. Try again later, or bring the paper to the counter.",
                ],
            ),
        }
    }
}
