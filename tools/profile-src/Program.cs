using System.CommandLine;
using PortAudit.Profile;

const string OwnMethods = "PortAudit.";

var folder = new Argument<DirectoryInfo>("FOLDER")
{
    Description =
    "folder of the program's assemblies, as the runtime ran them"
}.AcceptExistingOnly();
var profile = new Argument<FileInfo>("PROFILE") { Description = "profile (.mibc)" };
var counts = new Argument<FileInfo[]>("COUNTS")
{
    Description = "what the runtime counted (DOTNET_WritePGOData), a "
    + "file for each run",
    Arity = ArgumentArity.OneOrMore
}.AcceptExistingOnly();

var write = new Command("write",
    "Adds up what runs counted in the program's own methods and writes a profile.") { folder, profile, counts };
write.SetAction(parsed =>
{
    using var methods = ProgramMethods.In(parsed.GetRequiredValue(folder).FullName);
    var counted = parsed.GetRequiredValue(counts).SelectMany(file => CountsFile.Read(file.FullName, OwnMethods))
        .GroupBy(method => (method.Name, method.IlLength, method.Signature))
        .Select(runs => runs.Aggregate((one, another) => one.Plus(another))).Where(method => method.Highest > 0)
        .OrderBy(method => method.Name, StringComparer.Ordinal).ToList();
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
    Console.WriteLine(
        $"{written} methods of {counted.Count} that ran; the others are generic, or share name and length");
});

return new RootCommand("Writes what was counted while portaudit ran as a profile for .NET's compilers.") { write }
    .Parse(args).Invoke();
