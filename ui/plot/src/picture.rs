//! A picture of lines, drawn by the CPU.
//!
//! As triangles, a line that goes up and down in every column of pixels is thousands of slivers: with software
//! rendering a frame of them took most of a second. As runs of pixels it takes a millisecond, and one rectangle with
//! that picture on it is all that is left for WebGL.

use std::ops::Range;

use egui::{Color32, ColorImage};

use crate::extent::Extent;

/// Pixels of lines on nothing, column after column, so that what a line covers of a column lies side by side.
pub struct Picture {
    height: usize,
    pixels: Vec<Color32>,
}

impl Picture {
    /// An empty picture.
    pub fn new(width: usize, height: usize) -> Self {
        Self { height, pixels: vec![Color32::TRANSPARENT; width * height] }
    }

    /// Draws a line over what is there: what it covers of each column, in pixels from the top, and half its width
    /// further on both sides. Pixels that it covers in part get part of the colour.
    pub fn draw(&mut self, extents: &[Extent], colour: Color32, width: f64) {
        if self.height == 0 {
            return;
        }
        for (column, extent) in self.pixels.chunks_exact_mut(self.height).zip(extents) {
            let Some((top, bottom)) = *extent else { continue };
            cover(column, top - width / 2.0..bottom + width / 2.0, colour);
        }
    }

    /// The picture for a texture: lying on its side, each column of it a row.
    pub fn into_image(self) -> ColorImage {
        let width = self.pixels.len() / self.height.max(1);
        ColorImage::new([self.height, width], self.pixels)
    }
}

/// Covers the pixels of a column within a range.
fn cover(column: &mut [Color32], range: Range<f64>, colour: Color32) {
    let (top, bottom) = (range.start.max(0.0), range.end.min(column.len() as f64));
    if top >= bottom {
        return;
    }
    let (first, last) = (top as usize, (bottom.ceil() as usize).max(1) - 1);
    if first == last {
        blend(&mut column[first], colour, bottom - top);
        return;
    }
    blend(&mut column[first], colour, (first + 1) as f64 - top);
    column[first + 1..last].fill(colour);
    blend(&mut column[last], colour, bottom - last as f64);
}

/// Puts a colour that covers a part of a pixel over what is there.
fn blend(pixel: &mut Color32, colour: Color32, part: f64) {
    let part = part.clamp(0.0, 1.0);
    let mix = |over: u8, under: u8| (f64::from(over) * part + f64::from(under) * (1.0 - part)).round() as u8;
    let [red, green, blue, alpha] = std::array::from_fn(|channel| mix(colour[channel], pixel[channel]));
    *pixel = Color32::from_rgba_premultiplied(red, green, blue, alpha);
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color32 = Color32::from_rgb(200, 0, 0);

    fn column(extent: Extent, width: f64) -> Vec<u8> {
        let mut picture = Picture::new(1, 6);
        picture.draw(&[extent], RED, width);
        picture.pixels.iter().map(|pixel| pixel.a()).collect()
    }

    #[test]
    fn a_level_line_is_as_thick_as_it_is_wide() {
        assert_eq!(column(Some((3.0, 3.0)), 2.0), [0, 0, 255, 255, 0, 0]);
        assert_eq!(column(Some((2.5, 2.5)), 1.5), [0, 64, 255, 64, 0, 0]);
        assert_eq!(column(Some((2.5, 2.5)), 0.5), [0, 0, 128, 0, 0, 0]);
    }

    #[test]
    fn a_line_that_goes_up_and_down_fills_what_it_covers() {
        assert_eq!(column(Some((1.0, 5.0)), 1.0), [128, 255, 255, 255, 255, 128]);
    }

    #[test]
    fn what_is_outside_of_the_picture_is_cut_off() {
        assert_eq!(column(Some((-1e12, 1e12)), 1.0), [255; 6]);
        assert_eq!(column(Some((-9.0, -8.0)), 1.0), [0; 6]);
        assert_eq!(column(Some((7.0, 8.0)), 1.0), [0; 6]);
        assert_eq!(column(Some((f64::NAN, f64::NAN)), 1.0).len(), 6);
        assert_eq!(column(None, 1.0), [0; 6]);
    }

    #[test]
    fn what_is_drawn_later_lies_above() {
        let mut picture = Picture::new(1, 1);
        picture.draw(&[Some((0.5, 0.5))], RED, 1.0);
        picture.draw(&[Some((0.5, 0.5))], Color32::BLUE, 0.5);
        assert_eq!(picture.pixels, [Color32::from_rgba_premultiplied(100, 0, 128, 255)]);
    }

    #[test]
    fn the_image_has_a_row_for_each_column() {
        let mut picture = Picture::new(2, 3);
        picture.draw(&[None, Some((1.5, 1.5))], RED, 1.0);
        let image = picture.into_image();
        assert_eq!(image.size, [3, 2]);
        assert_eq!(image.pixels[4], RED);
        assert_eq!(Picture::new(0, 0).into_image().pixels.len(), 0);
    }
}
