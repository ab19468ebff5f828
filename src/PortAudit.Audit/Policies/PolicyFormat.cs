using System.Collections.Immutable;
using PortAudit.Audit.Policies.Cisco.Asa;
using PortAudit.Audit.Policies.Cisco.Ios;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies;

/// <summary>A format of firewall configurations.</summary>
/// <param name="Name">Its name in options, site files and reports.</param>
/// <param name="Title">Its name in words.</param>
/// <param name="Recognises">Whether a file is of the format, by its content.</param>
/// <param name="Read">Reads a file; never throws for what it holds.</param>
public sealed record PolicyFormat(string Name, string Title, Func<ConfigurationText, bool> Recognises,
    Func<ConfigurationText, Policy> Read)
{
    /// <summary>All formats, in the order in which they are tried. To add one, add a row.</summary>
    public static ImmutableArray<PolicyFormat> All { get; } =
    [
        new(AsaFormat.Name, "Cisco ASA", AsaFormat.IsRecognised, AsaReader.Read),
        new(IosFormat.Name, "Cisco IOS", IosFormat.IsRecognised, IosReader.Read),
    ];
}
