// OpenEXR files of several pictures, read back with the OpenEXR library's own reader: names of channels, parts, depths,
// attributes of the header, and what is refused.
#include <ImfChannelList.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfInputPart.h>
#include <ImfIntAttribute.h>
#include <ImfMatrixAttribute.h>
#include <ImfMultiPartInputFile.h>
#include <ImfPartType.h>
#include <ImfRationalAttribute.h>
#include <ImfStandardAttributes.h>
#include <ImfStringAttribute.h>
#include <ImfTimeCodeAttribute.h>
#include <ImfVecAttribute.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "io/codecs.h"
#include "io/image_file.h"
#include "io/io_testing.h"
#include "io/provenance.h"
#include "kernels/colour_space.h"

namespace cookline {
using namespace io_testing;
namespace {

using F = PixelFormat;

ExrLayer layer(std::string source, ExrNames names, Image image) {
  ExrLayer made{.source = std::move(source), .names = std::move(names)};
  made.width_px = image.width(), made.height_px = image.height(), made.format = image.format();
  made.image = std::make_shared<const Image>(std::move(image));
  return made;
}

// Red of a pixel, counted from the top, by channel: what the library reads of all parts.
struct Part {
  std::string name, type;
  int width = 0, height = 0;
  std::map<std::string, std::vector<float>> values;  // top row first
  std::map<std::string, bool> half;
};

class Read {
 public:
  explicit Read(const std::vector<std::byte>& bytes) {
    put(folder / "a.exr", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    file.emplace((folder / "a.exr").c_str());
    for (int i = 0; i < file->parts(); ++i) parts.push_back(part(i));
  }
  const Imf::Header& header(int part = 0) const { return file->header(part); }

  std::vector<Part> parts;

 private:
  Part part(int index) {
    const Imf::Header& header = file->header(index);
    const Imath::Box2i window = header.dataWindow();
    Part made{.name = header.hasName() ? header.name() : "", .type = header.hasType() ? header.type() : ""};
    made.width = window.max.x + 1, made.height = window.max.y + 1;
    Imf::FrameBuffer view;
    for (auto c = header.channels().begin(); c != header.channels().end(); ++c) {
      auto& values = made.values[c.name()];
      values.resize(std::size_t(made.width) * std::size_t(made.height));
      made.half[c.name()] = c.channel().type == Imf::HALF;
      view.insert(c.name(),
                  Imf::Slice(Imf::FLOAT, reinterpret_cast<char*>(values.data()), 4, 4 * std::size_t(made.width)));
    }
    Imf::InputPart input(*file, index);
    input.setFrameBuffer(view);
    input.readPixels(window.min.y, window.max.y);
    EXPECT_TRUE(file->partComplete(index));
    return made;
  }
  TemporaryFolder folder;
  std::optional<Imf::MultiPartInputFile> file;
};

std::string names_of(const Part& part) {
  std::string names;
  for (const auto& [name, values] : part.values) names += (names.empty() ? "" : " ") + name;
  return names;
}

void expect_channel(const Part& part, const std::string& name, const Image& image, std::size_t channel) {
  SCOPED_TRACE(name);
  ASSERT_TRUE(part.values.contains(name)) << names_of(part);
  ASSERT_EQ(part.width, image.width());
  ASSERT_EQ(part.height, image.height());
  const std::vector<float>& values = part.values.at(name);
  const bool fixed = info(image.format()).fixed();
  const auto width = std::size_t(image.width());
  std::vector<float> planes(width * 4);
  float* const p = planes.data();
  for (int y = 0; y < image.height(); ++y) {
    kernels::load_pixels(image.format(), image.row(image.height() - 1 - y), image.width(), p, p + width, p + 2 * width,
                         p + 3 * width);
    for (std::size_t x = 0; x < width; ++x) {
      const float found = values[std::size_t(y) * width + x], wanted = planes[channel * width + x];
      const bool same = found == wanted || (std::isnan(found) && std::isnan(wanted));
      if (!same && !(fixed && std::abs(found - wanted) < 0.0005f))
        FAIL() << x << ", " << y << ": " << found << " for " << wanted;
    }
  }
}

TEST(exr_layers, of_any_formats_are_channels_of_one_part_in_their_own_depths) {
  const Image beauty = random_image(13, 9, F::rgba16float, 1), normals = random_image(13, 9, F::rgb32float, 2),
              depth = random_image(13, 9, F::mono32float, 3), matte = random_image(13, 9, F::mono8fixed, 4);
  EncodeOptions options;
  options.exr.layers = {layer("/n1", {"N.X", "N.Y", "N.Z", "N.A"}, stored(normals)),
                        layer("/d1", {"depth.Z", "", "", ""}, stored(depth)),
                        layer("/m1", {"matte.R", "matte.G", "matte.B", "matte.A"}, stored(matte))};
  for (const Compression c : {Compression::none, Compression::zip, Compression::zips, Compression::piz}) {
    options.compression = c;
    const Read file(encoded(beauty, ImageFileType::exr, options));
    ASSERT_EQ(file.parts.size(), 1u);
    const Part& part = file.parts.front();
    EXPECT_EQ(names_of(part), "A B G N.X N.Y N.Z R depth.Z matte.R");
    for (std::size_t i = 0; i < 4; ++i) expect_channel(part, std::string(1, "RGBA"[i]), beauty, i);
    for (std::size_t i = 0; i < 3; ++i) expect_channel(part, std::string("N.") + "XYZ"[i], normals, i);
    expect_channel(part, "depth.Z", depth, 0);
    expect_channel(part, "matte.R", matte, 0);
    EXPECT_TRUE(part.half.at("R") && part.half.at("matte.R"));
    EXPECT_FALSE(part.half.at("N.X") || part.half.at("depth.Z"));
  }
}

TEST(exr_layers, the_channels_of_the_picture_itself_have_the_names_that_are_asked_for) {
  EncodeOptions options;
  options.exr.names = {"beauty.R", "beauty.G", "beauty.B", ""};
  const Image image = random_image(5, 4, F::rgba32float, 5);
  const Read file(encoded(image, ImageFileType::exr, options));
  EXPECT_EQ(names_of(file.parts.front()), "beauty.B beauty.G beauty.R");
  expect_channel(file.parts.front(), "beauty.G", image, 1);
  options.exr.names = {"R", "G", "B", "A"};
  EXPECT_EQ(names_of(Read(encoded(random_image(5, 4, F::monoalpha8fixed, 5), ImageFileType::exr, options)).parts[0]),
            "A Y");
  EXPECT_EQ(names_of(Read(encoded(random_image(5, 4, F::a32float, 5), ImageFileType::exr, options)).parts[0]), "A");
}

TEST(exr_layers, as_parts_may_differ_in_size_and_share_names) {
  const Image beauty = random_image(20, 10, F::rgba8fixed, 1), small = random_image(7, 31, F::rgba32float, 2),
              depth = random_image(20, 10, F::mono32float, 3);
  EncodeOptions options;
  options.exr.parts = true;
  options.provenance = "{\"cookline\":\"1\"}";
  options.exr.layers = {layer("/show/small1", {"R", "G", "B", "A"}, stored(small)),
                        layer("/show/d1", {"depth.Z", "", "", ""}, stored(depth))};
  const auto bytes = encoded(beauty, ImageFileType::exr, options);
  const Read file(bytes);
  ASSERT_EQ(file.parts.size(), 3u);
  EXPECT_EQ(file.parts[0].name, "rgba");
  EXPECT_EQ(file.parts[1].name, "small1");
  EXPECT_EQ(file.parts[2].name, "depth");
  EXPECT_EQ(file.parts[1].type, Imf::SCANLINEIMAGE);
  for (std::size_t i = 0; i < 4; ++i) expect_channel(file.parts[0], std::string(1, "RGBA"[i]), beauty, i);
  for (std::size_t i = 0; i < 4; ++i) expect_channel(file.parts[1], std::string(1, "RGBA"[i]), small, i);
  expect_channel(file.parts[2], "depth.Z", depth, 0);
  EXPECT_EQ(*provenance_of(bytes), options.provenance);
  // The first part is what is read as a picture.
  const Image read = decoded(bytes);
  EXPECT_EQ(read.width(), 20);
  EXPECT_EQ(read.format(), F::rgba16float);
}

TEST(exr_layers, are_written_in_bands_as_if_at_once) {
  // More than a band of 16 MiB holds: 1400 x 16 bytes x 3 pictures x 300 lines.
  const Image a = random_image(1400, 300, F::rgba32float, 1), b = random_image(1400, 300, F::rgba32float, 2),
              c = random_image(1400, 300, F::rgba32float, 3);
  EncodeOptions options;
  options.compression = Compression::rle;
  options.exr.layers = {layer("/b", {"b.R", "b.G", "b.B", "b.A"}, stored(b)),
                        layer("/c", {"c.R", "c.G", "c.B", "c.A"}, stored(c))};
  for (const bool parts : {false, true}) {
    options.exr.parts = parts;
    const Read file(encoded(a, ImageFileType::exr, options));
    expect_channel(file.parts.front(), "A", a, 3);
    expect_channel(file.parts[parts ? 1 : 0], "b.G", b, 1);
    expect_channel(file.parts.back(), "c.R", c, 0);
  }
}

TEST(exr_layers, that_do_not_fit_together_are_errors_that_name_the_operator) {
  const Image image = random_image(4, 4, F::rgba8fixed, 1);
  const auto error = [&](auto change) {
    EncodeOptions options;
    options.exr.source = "/out1";
    options.exr.layers = {layer("/n1", {"n.R", "n.G", "n.B", "n.A"}, random_image(4, 4, F::rgba8fixed, 2))};
    EXPECT_TRUE(encode_image(image, ImageFileType::exr, options));
    change(options.exr);
    const auto made = encode_image(image, ImageFileType::exr, options);
    return made ? std::string("no error") : made.error().where + ": " + made.error().what;
  };
  EXPECT_EQ(error([](ExrOptions& o) { o.layers[0].names[2] = "B"; }), "/n1: channel 'B' is also one of /out1");
  EXPECT_EQ(error([](ExrOptions& o) { o.names = {"x", "x", "y", "z"}; }), "/out1: channel 'x' is also one of /out1");
  EXPECT_EQ(error([](ExrOptions& o) {
              o.layers[0] = layer("/n1", {"n", "", "", ""}, Image(4, 5, F::mono8fixed));
            }),
            "/n1: has 4 x 5 pixels, but channels of one part are as large as the input: 4 x 4");
  EXPECT_EQ(error([](ExrOptions& o) {
              o.layers[0].names = {"", "", "", ""};
            }),
            "/n1: none of its channels would be written: its format rgba8fixed has only those whose names are empty");
  EXPECT_EQ(error([](ExrOptions& o) {
              o.parts = true;
              o.layers.push_back(layer("/deep/n", {"R", "G", "B", "A"}, random_image(4, 4, F::rgba8fixed, 2)));
            }),
            "/out1: two parts of the OpenEXR file would be called 'n'");
  EXPECT_FALSE(check_exr_channel_name("a\tb"));
  EXPECT_FALSE(check_exr_channel_name(std::string(256, 'x')));
  EXPECT_TRUE(check_exr_channel_name("Größe.R"));
}

TEST(exr_layers, attributes_of_the_header_have_their_types) {
  EncodeOptions options;
  options.exr.points = true;
  options.exr.attributes = {{"owner", "me, myself", ""},
                            {"shot", "12a", ""},
                            {"take", "-7", "int"},
                            {"gain", "1.5", "float"},
                            {"eye", "(1, 2, 3)", "v3f"},
                            {"framesPerSecond", "30000/1001", ""},
                            {"timeCode", "01:02:03:04", ""},
                            {"corner", "3 -4", "v2i"},
                            {"worldToCamera", "1 0 0 0 0 1 0 0 0 0 1 0 5 6 7 1", ""},
                            {"captureRate", "23.976", "rational"}};
  const auto bytes = encoded(random_image(4, 4, F::rgba8fixed, 1), ImageFileType::exr, options);
  const Read file(bytes);
  const Imf::Header& h = file.header();
  EXPECT_EQ(Imf::owner(h), "me, myself");
  EXPECT_EQ(h.typedAttribute<Imf::StringAttribute>("shot").value(), "12a");
  EXPECT_EQ(h.typedAttribute<Imf::IntAttribute>("take").value(), -7);
  EXPECT_EQ(h.typedAttribute<Imf::FloatAttribute>("gain").value(), 1.5f);
  EXPECT_EQ(h.typedAttribute<Imf::V3fAttribute>("eye").value(), Imath::V3f(1, 2, 3));
  EXPECT_EQ(h.typedAttribute<Imf::V2iAttribute>("corner").value(), Imath::V2i(3, -4));
  EXPECT_EQ(Imf::framesPerSecond(h).n, 30000);
  EXPECT_EQ(Imf::framesPerSecond(h).d, 1001u);
  EXPECT_EQ(h.typedAttribute<Imf::RationalAttribute>("captureRate").value().n, 2997);
  EXPECT_EQ(h.typedAttribute<Imf::RationalAttribute>("captureRate").value().d, 125u);
  EXPECT_EQ(Imf::timeCode(h).seconds(), 3);
  EXPECT_EQ(Imf::worldToCamera(h)[3][1], 6);
  EXPECT_EQ(h.typedAttribute<Imf::IntAttribute>("pointcloud").value(), 1);
  const Metadata said = exr_metadata(bytes);
  const auto value = [&](std::string_view key) {
    for (const auto& [name, text] : said)
      if (name == key) return text;
    return std::string("nothing");
  };
  EXPECT_EQ(value("channels"), "A B G R");
  EXPECT_EQ(value("owner"), "me, myself");
  EXPECT_EQ(value("timeCode"), "01:02:03:04");
  EXPECT_EQ(value("framesPerSecond"), "30000/1001");
}

TEST(exr_layers, attributes_that_are_the_files_own_or_have_no_such_value_are_refused) {
  const auto why = [](ExrAttribute attribute) {
    const Status status = check_exr_attribute(attribute);
    return status ? std::string("allowed") : status.error().what;
  };
  for (const char* name : {"channels", "dataWindow", "chromaticities", "cookline", "version", "name", "colorSpace"})
    EXPECT_EQ(why({name, "1", ""}), fmt::format("'{}' is an attribute that the file has of itself", name));
  EXPECT_EQ(why({"", "1", ""}), "an attribute has no name");
  EXPECT_EQ(why({"utcOffset", "noon", ""}), "'noon' is no value of type float for the attribute 'utcOffset'");
  EXPECT_EQ(why({"utcOffset", "1", "string"}), "'utcOffset' is a standard attribute of type float, not string");
  EXPECT_EQ(why({"a", "1.5", "int"}), "'1.5' is no value of type int for the attribute 'a'");
  EXPECT_EQ(why({"a", "1 2", "v3f"}), "'1 2' is no value of type v3f for the attribute 'a'");
  EXPECT_EQ(why({"a", "25:00:00:00", "timecode"}), "'25:00:00:00' is no value of type timecode for the attribute 'a'");
  EXPECT_EQ(why({"a", "1/0", "rational"}), "'1/0' is no value of type rational for the attribute 'a'");
  EXPECT_EQ(why({"a", "1", "colour"}), "'colour' is not the type of an attribute");
  EXPECT_EQ(why({"a", "", ""}), "allowed");
}

TEST(exr_layers, colours_are_brought_into_the_space_and_data_is_not) {
  const Image image = random_image(6, 5, F::rgb32float, 7);
  EncodeOptions options;
  options.colour.space = "acescg";
  options.exr.layers = {layer("/c", {"c.R", "c.G", "c.B", ""}, stored(image)),
                        layer("/n", {"N.X", "N.Y", "N.Z", ""}, stored(image))};
  const Read file(encoded(image, ImageFileType::exr, options));
  expect_channel(file.parts[0], "N.Y", image, 1);
  EXPECT_EQ(file.parts[0].values.at("R").size(), file.parts[0].values.at("c.R").size());
  for (std::size_t i = 0; i < 30; ++i) {
    const float a = file.parts[0].values.at("R")[i], b = file.parts[0].values.at("c.R")[i];
    EXPECT_TRUE(a == b || (a != a && b != b));
  }
  EXPECT_NE(file.parts[0].values.at("G")[3], file.parts[0].values.at("N.Y")[3]);
  EXPECT_EQ(file.header().typedAttribute<Imf::StringAttribute>("colorSpace").value(), "acescg");
  options.exr.points = true;
  expect_channel(Read(encoded(image, ImageFileType::exr, options)).parts[0], "G", image, 1);
}

TEST(exr_layers, without_a_plain_colour_the_first_layer_is_read) {
  const Image colour = random_image(6, 5, F::rgba32float, 1), normals = random_image(6, 5, F::rgb32float, 2);
  EncodeOptions options;
  options.exr.names = {"N.X", "N.Y", "N.Z", ""};
  options.exr.layers = {layer("/c", {"b.R", "b.G", "b.B", "b.A"}, stored(colour))};
  const Image first = decoded(encoded(normals, ImageFileType::exr, options));
  EXPECT_EQ(first.format(), F::rgba32float);
  for (int x = 0; x < 6; ++x) EXPECT_EQ(std::isnan(pixel(first, x, 3)[3]), std::isnan(pixel(colour, x, 3)[3]));
  EXPECT_EQ(std::memcmp(first.row(0), colour.row(0), colour.bytes()), 0);
  options.exr.layers.clear();
  const Image data = decoded(encoded(normals, ImageFileType::exr, options));
  EXPECT_EQ(data.format(), F::rgb32float);
  EXPECT_EQ(std::memcmp(data.row(0), normals.row(0), normals.bytes()), 0);
}

}  // namespace
}  // namespace cookline
