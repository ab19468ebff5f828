using System.CommandLine;
using PortAudit.Profile;

const string OwnMethods = "PortAudit.";

// Of its methods, below which a profile is out of date.
const long LeastPercent = 90;

var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "folder of the program's assemblies, as the runtime ran them" }.AcceptExistingOnly();
var profile = new Argument<FileInfo>("PROFILE") { Description = "profile (.mibc)" };
var counts = new Argument<FileInfo[]>("COUNTS") { Description = "what the runtime counted (DOTNET_WritePGOData), a file for each run", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();

var write = new Command("write", "Adds up what runs counted in the program's own methods and writes a profile.") { folder, profile, counts };
write.SetAction(parsed =>
{
    using var methods = ProgramMethods.In(parsed.GetRequiredValue(folder).FullName);
    var counted = parsed.GetRequiredValue(counts).SelectMany(file => CountsFile.Read(file.FullName, OwnMethods)).GroupBy(method => (method.Name, method.IlLength, method.Signature))
        .Select(runs => runs.Aggregate((one, another) => one.Plus(another))).Where(method => method.Highest > 0).OrderBy(method => method.Name, StringComparer.Ordinal).ToList();
    var writer = new ProfileWriter();
    var written = 0;
    foreach (var method in counted)
    {
        if (methods.Find(method.Name, method.IlLength) is not { } found)
            continue;
        writer.Add(found, method);
        written++;
    }

    using (var output = parsed.GetRequiredValue(profile).Create())
        writer.WriteTo(output);
    Console.WriteLine($"{written} methods of {counted.Count} that ran; the others are generic, or share name and length");
});

var check = new Command("check", "Says how many methods of a profile still have code of the same length.") { folder, profile };
check.SetAction(parsed =>
{
    using var methods = ProgramMethods.In(parsed.GetRequiredValue(folder).FullName);
    using var input = parsed.GetRequiredValue(profile).OpenRead();
    var profiled = ProfileReader.Read(input);
    var same = profiled.Count(method => methods.Find(method.Name, method.IlLength) is not null);
    Console.WriteLine($"{same} of {profiled.Count} methods of the profile are as they were");
    return same * 100 >= profiled.Count * LeastPercent ? 0 : 1;
});

return new RootCommand("Writes what was counted while portaudit ran as a profile for .NET's compilers.") { write, check }.Parse(args).Invoke();
