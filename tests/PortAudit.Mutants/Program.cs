using System.CommandLine;
using PortAudit.Mutants;

const int Mutants = 5000;
const int PrefixedCaptures = 10;

var captures = new Argument<string[]>("CAPTURE")
{
    Description = "captures, or directories of them",
    Arity = ArgumentArity.OneOrMore
};
var site = new Option<string>("--site") { Description = "site file for the audit", Required = true };
var count = new Option<int>("--count") { Description = "mutants to make", DefaultValueFactory = _ => Mutants };
var prefixes = new Option<int>("--prefixes")
{
    Description =
    "captures (the smallest ones) of which every prefix is tried",
    DefaultValueFactory = _ => PrefixedCaptures
};
var seed = new Option<int>("--seed") { Description = "seed of the random numbers", DefaultValueFactory = _ => 1 };
var keep = new Option<string>("--keep")
{
    Description = "folder for the inputs that fail",
    DefaultValueFactory = _ => "failing-inputs"
};

var command = new RootCommand("Runs portaudit over damaged captures: exit code 0, 1 or 3, no exception, at most 5 s "
    + "and 300 MiB each.") { captures, site, count, prefixes, seed, keep };
command.SetAction(parsed =>
{
    var source = new TrialSource(parsed.GetRequiredValue(captures));
    var test = new MutationTest(parsed.GetRequiredValue(site), parsed.GetRequiredValue(keep), Console.Out);
    Console.WriteLine($"{source.Count} captures");
    test.Run(source.Mutants(parsed.GetRequiredValue(count), parsed.GetRequiredValue(seed)), source.Adopt);
    test.Run(source.Prefixes(parsed.GetRequiredValue(prefixes)), _ => { });
    test.Summarise();
    return test.Failures == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();
