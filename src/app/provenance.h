// What takes and images say of the project they were made of, and whether that is what there is now.
#pragma once
#include <string>

#include "app/recipe.h"
#include "render/provenance.h"

namespace cookline::app {

// Of the network as it was loaded, with everything that its file refers to as text; of the file's bytes if that cannot
// be written as text.
std::string hash_of_project(const Project& project, const std::string& file);

// What the images of a run say of it. Before --set is applied. Left out is what only names files and folders: --file,
// --out and absolute values for Folder parameters and Movie File Out's File.
RunProvenance provenance_of_run(const Project& project, const Recipe& recipe);

// Errors: the project, the program or a file that was read (`media`, as changed_files() words it) differ from what
// something ("the take", "the image") was made with; says which.
Status check_made_with(const RunProvenance& then, const RunProvenance& now, const std::vector<std::string>& media,
                       const std::string& source, const std::string& made);

}  // namespace cookline::app
