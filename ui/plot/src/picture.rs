//! A picture of lines, drawn by the CPU.
//!
//! As triangles, a line that goes up and down in every column of pixels is thousands of slivers:
//! with software rendering a frame of them took most of a second. As runs of pixels it takes a
//! millisecond, and one rectangle with that picture on it is all that is left for WebGL.

use egui::{Color32, ColorImage};

use crate::extent::Extent;

/// The pixels of lines on a transparent background.
pub struct Picture {
    width: usize,
    height: usize,
    /// The pixels, row after row. Columns could be filled faster, but would take WebGL twice as
    /// long to show.
    pixels: Vec<Color32>,
}

impl Picture {
    /// Makes an empty picture.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![Color32::TRANSPARENT; width * height] }
    }

    /// Draws a line over the picture: its extent in each column, in pixels from the top (`low` is
    /// the higher place), and half its width further on both sides. Pixels that it covers in part
    /// get a part of the colour.
    pub fn draw(&mut self, extents: &[Extent], colour: Color32, width: f64) {
        for (column, extent) in extents.iter().take(self.width).enumerate() {
            self.cover(column, extent.low - width / 2.0, extent.high + width / 2.0, colour);
        }
    }

    /// Returns the picture for a texture.
    pub fn into_image(self) -> ColorImage {
        ColorImage::new([self.width, self.height], self.pixels)
    }

    /// Covers the pixels between two heights of a column.
    fn cover(&mut self, column: usize, top: f64, bottom: f64, colour: Color32) {
        let (top, bottom) = (top.max(0.0), bottom.min(self.height as f64));
        if top >= bottom {
            return;
        }
        let (first, last) = (top as usize, (bottom.ceil() as usize).max(1) - 1);
        let mut rows = self.pixels[first * self.width + column..].iter_mut().step_by(self.width);
        let Some(head) = rows.next() else { return };
        if first == last {
            blend(head, colour, bottom - top);
            return;
        }
        blend(head, colour, (first + 1) as f64 - top);
        for pixel in rows.by_ref().take(last - first - 1) {
            *pixel = colour;
        }
        if let Some(pixel) = rows.next() {
            blend(pixel, colour, bottom - last as f64);
        }
    }
}

/// Blends a colour that covers a part of a pixel over the pixel.
fn blend(pixel: &mut Color32, colour: Color32, part: f64) {
    let part = (part * 256.0) as u32;
    let mix = |over: u8, under: u8| {
        ((u32::from(over) * part + u32::from(under) * (256 - part) + 128) >> 8) as u8
    };
    let [red, green, blue, alpha] =
        std::array::from_fn(|channel| mix(colour[channel], pixel[channel]));
    *pixel = Color32::from_rgba_premultiplied(red, green, blue, alpha);
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: Color32 = Color32::from_rgb(200, 0, 0);

    fn column((low, high): (f64, f64), width: f64) -> Vec<u8> {
        let mut picture = Picture::new(1, 6);
        picture.draw(&[Extent { low, high }], RED, width);
        picture.pixels.iter().map(|pixel| pixel.a()).collect()
    }

    #[test]
    fn a_level_line_is_as_thick_as_it_is_wide() {
        assert_eq!(column((3.0, 3.0), 2.0), [0, 0, 255, 255, 0, 0]);
        assert_eq!(column((2.5, 2.5), 1.5), [0, 64, 255, 64, 0, 0]);
        assert_eq!(column((2.5, 2.5), 0.5), [0, 0, 128, 0, 0, 0]);
    }

    #[test]
    fn a_line_that_goes_up_and_down_fills_what_it_covers() {
        assert_eq!(column((1.0, 5.0), 1.0), [128, 255, 255, 255, 255, 128]);
    }

    #[test]
    fn what_is_outside_of_the_picture_is_cut_off() {
        assert_eq!(column((-1e12, 1e12), 1.0), [255; 6]);
        assert_eq!(column((-9.0, -8.0), 1.0), [0; 6]);
        assert_eq!(column((7.0, 8.0), 1.0), [0; 6]);
        assert_eq!(column((f64::NAN, f64::NAN), 1.0).len(), 6);
        assert_eq!(column((f64::INFINITY, f64::NEG_INFINITY), 1.0), [0; 6]);
    }

    #[test]
    fn what_is_drawn_later_lies_above() {
        let mut picture = Picture::new(1, 1);
        picture.draw(&[Extent { low: 0.5, high: 0.5 }], RED, 1.0);
        picture.draw(&[Extent { low: 0.5, high: 0.5 }], Color32::BLUE, 0.5);
        assert_eq!(picture.pixels, [Color32::from_rgba_premultiplied(100, 0, 128, 255)]);
    }

    #[test]
    fn the_image_is_upright() {
        let (width, height) = (40, 50);
        let mut picture = Picture::new(width, height);
        let extents: Vec<Extent> = (0..width)
            .map(|column| column as f64 + 0.5)
            .map(|y| Extent { low: y, high: y })
            .collect();
        picture.draw(&extents, RED, 1.0);
        let image = picture.into_image();
        assert_eq!(image.size, [width, height]);
        for (index, pixel) in image.pixels.iter().enumerate() {
            let (x, y) = (index % width, index / width);
            assert_eq!(*pixel == RED, x == y, "{x} {y}");
        }
        assert_eq!(Picture::new(0, 0).into_image().pixels.len(), 0);
    }
}
