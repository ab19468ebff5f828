using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Adds names that a log holds.</summary>
internal static class LogNames
{
    /// <summary>Adds a name of an address, unless it is none.</summary>
    public static void Add(HostNameTable names, IpAddress address, string? name, NameBasis basis, long? timeNs)
    {
        Span<char> text = stackalloc char[NameText.MaximumLength];
        if (name is null or { Length: > NameText.MaximumLength }
            || NameText.WriteText(name, text) is not (> 0 and var length))
            return;
        names.Add(new NameSighting(address, text[..length].ToString(), basis, 1, timeNs, timeNs));
    }
}
