#include "io/exr_attributes.h"

#include <ImfDoubleAttribute.h>
#include <ImfFloatAttribute.h>
#include <ImfIntAttribute.h>
#include <ImfMatrixAttribute.h>
#include <ImfRationalAttribute.h>
#include <ImfStringAttribute.h>
#include <ImfTimeCodeAttribute.h>
#include <ImfVecAttribute.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <span>

#include "base/text.h"
#include "io/provenance.h"

namespace cookline {
namespace {

using AttributeHandle = std::unique_ptr<Imf::Attribute>;
using Numbers = std::span<const double>;

// Attributes that the writer makes itself, and those that would say something untrue of the file.
constexpr std::string_view reserved[] = {"channels",
                                         "chromaticities",
                                         "chunkCount",
                                         "compression",
                                         "dataWindow",
                                         "deepImageState",
                                         "displayWindow",
                                         "dwaCompressionLevel",
                                         "lineOrder",
                                         "maxSamplesPerPixel",
                                         "multiView",
                                         "name",
                                         "pixelAspectRatio",
                                         "preview",
                                         "screenWindowCenter",
                                         "screenWindowWidth",
                                         "tiles",
                                         "type",
                                         "version",
                                         "view",
                                         provenance_name,
                                         exr_space_attribute,
                                         exr_points_attribute};

// Attributes whose type the format fixes. Source: the list of standard attributes in OpenEXR's documentation.
struct Standard {
  std::string_view name, type;
};
constexpr Standard standards[] = {{"adoptedNeutral", "v2f"},
                                  {"altitude", "float"},
                                  {"aperture", "float"},
                                  {"ascFramingDecisionList", "string"},
                                  {"cameraCCTSetting", "float"},
                                  {"cameraFirmwareVersion", "string"},
                                  {"cameraIdentifier", "string"},
                                  {"cameraLabel", "string"},
                                  {"cameraMake", "string"},
                                  {"cameraModel", "string"},
                                  {"cameraSerialNumber", "string"},
                                  {"cameraTintSetting", "float"},
                                  {"cameraUuid", "string"},
                                  {"capDate", "string"},
                                  {"captureRate", "rational"},
                                  {"comments", "string"},
                                  {"effectiveFocalLength", "float"},
                                  {"entrancePupilOffset", "float"},
                                  {"expTime", "float"},
                                  {"focus", "float"},
                                  {"framesPerSecond", "rational"},
                                  {"imageCounter", "int"},
                                  {"isoSpeed", "float"},
                                  {"latitude", "float"},
                                  {"longitude", "float"},
                                  {"nominalFocalLength", "float"},
                                  {"owner", "string"},
                                  {"pinholeFocalLength", "float"},
                                  {"reelName", "string"},
                                  {"sensorAcquisitionRectangle", "box2i"},
                                  {"sensorCenterOffset", "v2f"},
                                  {"sensorOverallDimensions", "v2f"},
                                  {"sensorPhotositePitch", "float"},
                                  {"shutterAngle", "float"},
                                  {"tStop", "float"},
                                  {"timeCode", "timecode"},
                                  {"utcOffset", "float"},
                                  {"whiteLuminance", "float"},
                                  {"worldToCamera", "m44f"},
                                  {"worldToNDC", "m44f"},
                                  {"wrapmodes", "string"},
                                  {"xDensity", "float"}};

// Types that are numbers, how many, and the attribute of them; nothing where they do not fit.
struct NumberType {
  std::string_view name;
  std::size_t count;
  bool whole;
  AttributeHandle (*make)(Numbers);
};

template <class Vector>
AttributeHandle vector_of(Numbers v) {
  Vector to;
  for (unsigned i = 0; i < Vector::dimensions(); ++i) to[int(i)] = typename Vector::BaseType(v[i]);
  return std::make_unique<Imf::TypedAttribute<Vector>>(to);
}
template <class Matrix>
AttributeHandle matrix_of(Numbers v) {
  Matrix to;
  const auto side = int(Matrix::dimensions());
  for (int i = 0; i < side * side; ++i) to[i / side][i % side] = typename Matrix::BaseType(v[std::size_t(i)]);
  return std::make_unique<Imf::TypedAttribute<Matrix>>(to);
}
template <class Number>
AttributeHandle number_of(Numbers v) {
  return std::make_unique<Imf::TypedAttribute<Number>>(Number(v[0]));
}

constexpr NumberType number_types[] = {
    {"int", 1, true, number_of<int>},           {"float", 1, false, number_of<float>},
    {"double", 1, false, number_of<double>},    {"v2i", 2, true, vector_of<Imath::V2i>},
    {"v2f", 2, false, vector_of<Imath::V2f>},   {"v3i", 3, true, vector_of<Imath::V3i>},
    {"v3f", 3, false, vector_of<Imath::V3f>},   {"m33f", 9, false, matrix_of<Imath::M33f>},
    {"m44f", 16, false, matrix_of<Imath::M44f>}};

std::string type_names() {
  std::string names = "string, rational, timecode";
  for (const NumberType& type : number_types) names += fmt::format(", {}", type.name);
  return names;
}

// Numbers parted by spaces or commas, as Python writes tuples; brackets around them may be there.
std::optional<std::vector<double>> numbers_in(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == ',' || c == '(' || c == ')' || c == '[' || c == ']'; }, ' ');
  std::vector<double> numbers;
  for (const std::string& word : split_words(text)) {
    const std::optional<double> number = parse_number(word);
    if (!number || !std::isfinite(*number)) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

AttributeHandle number_attribute(const NumberType& type, const std::string& value) {
  constexpr double most = std::numeric_limits<int>::max(), least = std::numeric_limits<int>::min();
  const auto numbers = numbers_in(value);
  if (!numbers || numbers->size() != type.count) return nullptr;
  const auto fits = [&](double v) { return !type.whole || (v == std::floor(v) && v >= least && v <= most); };
  return std::all_of(numbers->begin(), numbers->end(), fits) ? type.make(*numbers) : nullptr;
}

// "30000/1001", or a number as a fraction of millionths.
AttributeHandle rational_attribute(const std::string& value) {
  const std::size_t slash = value.find('/');
  const auto above = parse_number(value.substr(0, slash));
  auto below = slash == std::string::npos ? std::optional(1.0) : parse_number(value.substr(slash + 1));
  if (!above || !below) return nullptr;
  constexpr double million = 1e6;
  const bool whole = *above == std::floor(*above);
  const double n = whole ? *above : std::round(*above * million), d = whole ? *below : *below * million;
  if (std::abs(n) > 2147483647.0 || d < 1 || d > 4294967295.0 || d != std::floor(d)) return nullptr;
  const std::int64_t common = std::max<std::int64_t>(1, std::gcd(std::int64_t(n), std::int64_t(d)));
  return std::make_unique<Imf::RationalAttribute>(
      Imf::Rational(int(std::int64_t(n) / common), unsigned(std::int64_t(d) / common)));
}

// hh:mm:ss:ff, with a semicolon before the frames for drop frame.
AttributeHandle timecode_attribute(std::string value) {
  const bool drop = value.find(';') != std::string::npos;
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == ':' || c == ';'; }, ' ');
  const auto n = numbers_in(value);
  constexpr double most[] = {23, 59, 59, 59};
  if (!n || n->size() != 4) return nullptr;
  for (std::size_t i = 0; i < 4; ++i)
    if ((*n)[i] < 0 || (*n)[i] > most[i] || (*n)[i] != std::floor((*n)[i])) return nullptr;
  return std::make_unique<Imf::TimeCodeAttribute>(
      Imf::TimeCode(int((*n)[0]), int((*n)[1]), int((*n)[2]), int((*n)[3]), drop));
}

std::string_view type_of(const ExrAttribute& attribute) {
  if (!attribute.type.empty()) return attribute.type;
  for (const Standard& standard : standards)
    if (standard.name == attribute.name) return standard.type;
  return "string";
}

// Nothing where the value is not of the type.
AttributeHandle made(const ExrAttribute& attribute) {
  const std::string_view type = type_of(attribute);
  if (type == "string") return std::make_unique<Imf::StringAttribute>(attribute.value);
  if (type == "rational") return rational_attribute(attribute.value);
  if (type == "timecode") return timecode_attribute(attribute.value);
  for (const NumberType& known : number_types)
    if (known.name == type) return number_attribute(known, attribute.value);
  return nullptr;
}

bool is_type(std::string_view name) {
  return name == "string" || name == "rational" || name == "timecode" ||
         std::any_of(std::begin(number_types), std::end(number_types), [&](const auto& t) { return t.name == name; });
}

}  // namespace

bool is_own_exr_attribute(std::string_view name) {
  return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

std::optional<std::string> exr_attribute_text(const Imf::Attribute& attribute) {
  if (const auto* text = dynamic_cast<const Imf::StringAttribute*>(&attribute)) return text->value();
  if (const auto* number = dynamic_cast<const Imf::IntAttribute*>(&attribute))
    return fmt::format("{}", number->value());
  if (const auto* number = dynamic_cast<const Imf::FloatAttribute*>(&attribute))
    return fmt::format("{}", number->value());
  if (const auto* number = dynamic_cast<const Imf::DoubleAttribute*>(&attribute)) return number_text(number->value());
  if (const auto* rate = dynamic_cast<const Imf::RationalAttribute*>(&attribute))
    return fmt::format("{}/{}", rate->value().n, rate->value().d);
  if (const auto* time = dynamic_cast<const Imf::TimeCodeAttribute*>(&attribute)) {
    const Imf::TimeCode& t = time->value();
    return fmt::format("{:02}:{:02}:{:02}{}{:02}", t.hours(), t.minutes(), t.seconds(), t.dropFrame() ? ';' : ':',
                       t.frame());
  }
  return std::nullopt;
}

void add_exr_attribute(Imf::Header& header, const ExrAttribute& attribute) {
  header.insert(attribute.name, *made(attribute));
}

Status check_exr_attribute(const ExrAttribute& attribute) {
  const std::string& name = attribute.name;
  if (name.empty()) return project_error("", "an attribute has no name");
  if (!check_exr_channel_name(name))
    return project_error("", fmt::format("'{}' cannot be the name of an attribute", name),
                         "names have at most 255 bytes, without tabs and line ends");
  if (is_own_exr_attribute(name))
    return project_error("", fmt::format("'{}' is an attribute that the file has of itself", name),
                         "choose another name");
  const std::string type(type_of(attribute));
  for (const Standard& standard : standards)
    if (standard.name == name && (standard.type != type || !is_type(standard.type)))
      return project_error("",
                           fmt::format("'{}' is a standard attribute of type {}, not {}", name, standard.type, type),
                           is_type(standard.type) ? "leave the type out" : "such attributes are not written");
  if (!is_type(type))
    return project_error("", fmt::format("'{}' is not the type of an attribute", type), "types: " + type_names());
  if (made(attribute)) return {};
  return project_error("",
                       fmt::format("'{}' is no value of type {} for the attribute '{}'", attribute.value, type, name));
}

}  // namespace cookline
