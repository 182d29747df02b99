// Documents in files and the files they refer to.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tdn/read.h"

namespace cookline::tdn {
namespace {

namespace fs = std::filesystem;

class files : public testing::Test {
 protected:
  files() : folder_(fs::temp_directory_path() / ("cookline_tdn_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~files() override { fs::remove_all(folder_); }

  std::string save(const std::string& name, const std::string& text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  // A document with a component for each reference.
  std::string save_with_refs(const std::string& name, const std::vector<std::string>& refs) {
    std::string text = "format: tdn\noperators:\n- {name: null1, type: nullTOP}\n";
    for (std::size_t i = 0; i < refs.size(); ++i)
      text += "- name: comp" + std::to_string(i) + "\n  type: baseCOMP\n  tdn_ref: " + refs[i] + "\n";
    return save(name, text);
  }
  std::string error_of(const std::string& path, const RefLimits& limits = {}) {
    Result<Document> document = read_document(path);
    if (!document) return "unreadable";
    const Status status = resolve_refs(*document, limits);
    std::string text = status ? "no error" : to_string(status.error());
    while (text.find(folder_.string()) != std::string::npos)
      text.replace(text.find(folder_.string()), folder_.string().size(), "DIR");
    return text;
  }

  fs::path folder_;
};

TEST_F(files, a_missing_file_a_folder_and_a_pipe_are_errors) {
  EXPECT_EQ(to_string(read_document(folder_ / "no.tdn").error()),
            (folder_ / "no.tdn").string() + ": there is no such file");
  EXPECT_EQ(to_string(read_document(folder_).error()), folder_.string() + ": this is no file");
  EXPECT_EQ(to_string(read_document("/dev/zero").error()), "/dev/zero: this is no file");
}

TEST_F(files, a_file_larger_than_the_limit_is_an_error) {
  const std::string path = save("large.tdn", "- {name: a, type: nullTOP}\n" + std::string(100'000, '#') + "\n");
  EXPECT_TRUE(read_document(path));
  EXPECT_NE(to_string(read_document(path, {.bytes = 1000}).error()).find("at most 1000 are read"), std::string::npos);
}

TEST_F(files, references_are_looked_for_beside_the_file_and_in_the_folders_above) {
  save_with_refs("project/show/inner.tdn", {});
  save_with_refs("project/parts/part.tdn", {"parts/deep/leaf.tdn"});
  save_with_refs("project/parts/deep/leaf.tdn", {});
  Result<Document> document = read_document(save_with_refs("project/show/show.tdn", {"inner.tdn", "parts/part.tdn"}));
  ASSERT_TRUE(document);
  ASSERT_TRUE(resolve_refs(*document));
  const Operator& inner = document->root.children.at(1);
  const Operator& part = document->root.children.at(2);
  EXPECT_EQ(inner.content->root.children.size(), 1u);
  EXPECT_EQ(fs::path(part.content->file).filename(), "part.tdn");
  EXPECT_EQ(part.content->root.children.at(1).content->root.children.size(), 1u);
}

TEST_F(files, a_file_that_is_referred_to_twice_is_read_once) {
  save_with_refs("part.tdn", {});
  Result<Document> document = read_document(save_with_refs("show.tdn", {"part.tdn", "part.tdn"}));
  ASSERT_TRUE(document && resolve_refs(*document));
  EXPECT_EQ(document->root.children.at(1).content, document->root.children.at(2).content);
}

TEST_F(files, a_missing_or_broken_reference_is_an_error_that_names_the_place) {
  EXPECT_EQ(error_of(save_with_refs("show.tdn", {"no.tdn"})),
            "DIR/show.tdn:6:12 comp0.tdn_ref: there is no file 'no.tdn' beside DIR/show.tdn or in a folder above");
  save("broken.tdn", "format: tdn\noperators: 5\n");
  EXPECT_EQ(error_of(save_with_refs("show.tdn", {"broken.tdn"})),
            "DIR/broken.tdn:2:12 operators: must be a list of operators, found the number 5");
}

TEST_F(files, references_in_a_circle_are_an_error) {
  save_with_refs("a.tdn", {"b.tdn"});
  save_with_refs("b.tdn", {"./a.tdn"});
  EXPECT_EQ(error_of((folder_ / "a.tdn").string()),
            "DIR/b.tdn:6:12 comp0.tdn_ref: the reference to './a.tdn' leads back to a file it is part of");
  save_with_refs("self.tdn", {"self.tdn"});
  EXPECT_NE(error_of((folder_ / "self.tdn").string()).find("leads back to a file it is part of"), std::string::npos);
}

TEST_F(files, files_that_double_themselves_and_long_chains_are_errors) {
  for (int i = 0; i < 40; ++i)
    save_with_refs("d" + std::to_string(i) + ".tdn",
                   {"d" + std::to_string(i + 1) + ".tdn", "d" + std::to_string(i + 1) + ".tdn"});
  save_with_refs("d40.tdn", {});
  EXPECT_NE(
      error_of((folder_ / "d0.tdn").string(), {.depth = 100}).find("more than 1000000 operators, references included"),
      std::string::npos);
  EXPECT_NE(
      error_of((folder_ / "d0.tdn").string(), {.depth = 10}).find("more than 10 files refer to one another in a row"),
      std::string::npos);
}

}  // namespace
}  // namespace cookline::tdn
