using System.CommandLine;
using PortAudit.Learning;

var manifest = new Argument<FileInfo>("MANIFEST")
{
    Description = "JSON: {\"captures\": [{\"path\": \"FILE\", \"group\": \"NAME\", \"use\": \"train\"}], "
        + "\"examples\": [\"FILE\"]}; paths are relative to it, captures of one site, tool or family are one group, "
        + "and use is train, measure or exclude; \"kind\" names what all flows of a capture are",
};
var model = new Option<FileInfo>("--model", "-o")
{
    Description = "model to write, if any kind passes; default: shows only folds of the training part",
};
var examples = new Option<FileInfo>("--examples")
{
    Description = "writes the training examples to this file, and trains nothing",
};
var seed = new Option<int>("--seed")
{
    Description = "seed of the folds and of the trees",
    DefaultValueFactory = _ => 1,
};

var command = new RootCommand("Trains and measures a model that names flows by their behaviour.")
{
    manifest, model, examples, seed,
};
command.SetAction(parsed =>
{
    var run = new LearningRun(parsed.GetRequiredValue(manifest).FullName, Console.Out, Console.Error);
    return parsed.GetValue(examples) is { } file
        ? run.Record(file.FullName)
        : run.Train(parsed.GetValue(model)?.FullName, parsed.GetValue(seed));
});
return command.Parse(args).Invoke();
