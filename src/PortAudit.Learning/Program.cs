using System.CommandLine;
using PortAudit.Learning;

var manifest = new Argument<FileInfo>("MANIFEST")
{
    Description = "JSON: {\"captures\": [{\"path\": \"FILE\", \"group\": \"NAME\", \"held_out\": false}]}; paths "
        + "are relative to it, and captures of one site or family are one group",
};
var model = new Option<FileInfo>("--model", "-o")
{
    Description = "model to write, if any kind passes",
    Required = true,
};
var table = new Option<FileInfo>("--table")
{
    Description = "quality table to write (Markdown); default: standard output",
};
var seed = new Option<int>("--seed")
{
    Description = "seed of the split and of the trees",
    DefaultValueFactory = _ => 1,
};

var command = new RootCommand("Trains and measures a model that names flows by their behaviour.")
{
    manifest, model, table, seed,
};
command.SetAction(parsed => LearningRun.Run(parsed.GetRequiredValue(manifest).FullName,
    parsed.GetRequiredValue(model).FullName, parsed.GetValue(table)?.FullName, parsed.GetValue(seed), Console.Out,
    Console.Error));
return command.Parse(args).Invoke();
