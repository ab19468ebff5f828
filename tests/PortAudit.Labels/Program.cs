using System.CommandLine;
using PortAudit.Labels;

var capture = new Argument<FileInfo>("CAPTURE") { Description = "capture of any format that portaudit reads" };
var output = new Argument<FileInfo>("OUT") { Description = "capture to write (pcapng)" };
var ports = new Argument<FileInfo>("PORTS") { Description = "table to write: old,new" };
var seed = new Option<int>("--seed") { Description = "seed of the random numbers", DefaultValueFactory = _ => 1 };

var command = new RootCommand("Rewrites every TCP and UDP port of a capture to a random high port for which nothing is "
    + "registered.") { capture, output, ports, seed };
command.SetAction(parsed =>
{
    var map = new PortMap(parsed.GetRequiredValue(seed));
    using (var destination = parsed.GetRequiredValue(output).Create())
        CaptureRewriter.Rewrite(parsed.GetRequiredValue(capture).FullName, destination, map);
    using var table = parsed.GetRequiredValue(ports).CreateText();
    map.WriteTo(table);
});
return command.Parse(args).Invoke();
