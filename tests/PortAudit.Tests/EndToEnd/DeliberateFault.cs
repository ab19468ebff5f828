using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace PortAudit.Tests.EndToEnd;

/// <summary>A fault that the lab built into the sample captures, as <c>captures/lync-edge/expected-faults.yaml</c>
/// lists it.</summary>
internal sealed record DeliberateFault(
    string Kind, string? Rule, string[] From, string[] To, string Transport, string Port, string? Verdict,
    string Capture, long Attempts)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DeliberateFault> All { get; } = Read();

    private static List<DeliberateFault> Read()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Repository.PathOf("captures", "lync-edge", "expected-faults.yaml"));
        yaml.Load(reader);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["faults"]).Cast<YamlMappingNode>().Select(Read)];
    }

    private static DeliberateFault Read(YamlMappingNode fault) => new(
        Text(fault["kind"])!,
        Text(fault["rule"]),
        Addresses(fault["from"]),
        Addresses(fault["to"]),
        Text(fault["transport"])!,
        Text(fault["port"])!,
        Text(fault["verdict"]),
        Text(fault["capture"])!,
        long.Parse(Text(fault["attempts"])!, CultureInfo.InvariantCulture));

    private static string[] Addresses(YamlNode end) => end["address"] is YamlSequenceNode several
        ? [.. several.Select(one => one.ToString())]
        : [end["address"].ToString()];

    private static string? Text(YamlNode node) => node.ToString() is var text && text == "null" ? null : text;
}
