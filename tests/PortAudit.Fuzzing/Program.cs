using System.CommandLine;
using PortAudit.Fuzzing;

const int Minutes = 10;

var captures = new Argument<string[]>("CAPTURE")
{
    Description = "captures, or directories of them",
    Arity = ArgumentArity.OneOrMore
};
var minutes = new Option<double>("--minutes")
{
    Description = "how long to search",
    DefaultValueFactory = _ => Minutes
};
var seed = new Option<int>("--seed") { Description = "seed of the random numbers", DefaultValueFactory = _ => 1 };
var keep = new Option<string>("--keep")
{
    Description = "folder for the inputs that fail",
    DefaultValueFactory = _ => "failing-inputs"
};
var search = new Command("search",
    "Breaks captures, guided by what of the instrumented assembly runs.") { captures, minutes, seed, keep };
search.SetAction(parsed =>
{
    var guided = new GuidedSearch(parsed.GetRequiredValue(seed), parsed.GetRequiredValue(keep), Console.Out);
    guided.Begin(Seeds.Of(parsed.GetRequiredValue(captures)));
    guided.Run(TimeSpan.FromMinutes(parsed.GetRequiredValue(minutes)));
    return guided.Failures == 0 ? 0 : 1;
});

var source = new Argument<string>("ASSEMBLY");
var target = new Argument<string>("TARGET");
var instrument = new Command("instrument",
    "Writes an assembly that counts which of its blocks run.") { source, target };
instrument.SetAction(parsed => Console.WriteLine(
    $"{Instrumentation.Write(parsed.GetRequiredValue(source), parsed.GetRequiredValue(target))} blocks"));

return new RootCommand("Looks for captures that the readers, the decoder or the observer fail on.") { instrument,
    search }.Parse(args).Invoke();
