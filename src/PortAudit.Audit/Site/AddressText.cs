using System.Globalization;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Reads addresses and prefixes as a site writes them.</summary>
internal static class AddressText
{
    /// <summary>The address of one host; null with a diagnostic if none.</summary>
    public static IpAddress? ReadHost(YamlText text, FileDiagnostics diagnostics)
    {
        if (text.Text.Contains('/', StringComparison.Ordinal))
        {
            diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is a network, a host has addresses",
                "list it under 'networks'");
            return null;
        }

        if (Read(text.Text, text, diagnostics) is not { } address)
            return null;
        if (address.IsUnicast && address != default && address != IpAddress.FromIpv4(0))
            return address;
        diagnostics.Error(text.Position, $"no single host has the address {address}");
        return null;
    }

    /// <summary>The prefix that a name stands for, written as <see cref="Prefix.ToString"/> writes it; null when it
    /// stands for none.</summary>
    public static Prefix? PrefixOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && IpAddress.TryParse(name[..slash], out var address)
            && int.TryParse(name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= (address.IsIpv4 ? 32 : 128)
            ? new Prefix(address, length)
            : null;
    }

    /// <summary>The prefix; null with a diagnostic if none. Bits beyond the length are cleared with a
    /// warning.</summary>
    public static Prefix? ReadPrefix(YamlText text, FileDiagnostics diagnostics)
    {
        var slash = text.Text.IndexOf('/', StringComparison.Ordinal);
        if (Read(slash < 0 ? text.Text : text.Text[..slash], text, diagnostics) is not { } address)
            return null;
        var bits = address.IsIpv4 ? 32 : 128;
        if (slash < 0)
        {
            diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} lacks a prefix length",
                $"write {address}/{bits} for this address alone");
            return null;
        }

        if (!int.TryParse(text.Text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > bits)
        {
            diagnostics.Error(
                text.Position,
                $"{Spelling.Quote(text.Text[(slash + 1)..])} is not a prefix length",
                $"lengths of {(bits == 32 ? "IPv4" : "IPv6")} run from 0 to {bits}");
            return null;
        }

        var prefix = new Prefix(Mask(address, length + 128 - bits), length);
        if (prefix.Address != address)
            diagnostics.Warning(text.Position,
                $"{Spelling.Quote(text.Text)} has bits beyond its prefix length and is read as {prefix}",
                $"write {prefix}");
        return prefix;
    }

    private static IpAddress? Read(string text, YamlText whole, FileDiagnostics diagnostics)
    {
        if (!IpAddress.TryParse(text, out var address))
        {
            diagnostics.Error(
                whole.Position,
                $"{Spelling.Quote(text)} is not an IP address",
                "write an IPv4 address of four parts or an IPv6 address, without zone");
            return null;
        }

        // The platform reads 010 as octal and 0x0a as hexadecimal; other programs read them otherwise or not at all
        // (RFC 6943 §3.1.1).
        if (text.Contains(':', StringComparison.Ordinal) || text == address.ToString())
            return address;
        diagnostics.Error(whole.Position, $"{Spelling.Quote(text)} can be read as more than one address",
            "write the four parts in decimal without leading zeros");
        return null;
    }

    private static IpAddress Mask(IpAddress address, int bits) => new(
        address.High & High(bits),
        address.Low & High(bits - 64));

    private static ulong High(int bits) => bits switch
    {
        <= 0 => 0,
        >= 64 => ulong.MaxValue,
        _ => ulong.MaxValue << (64 - bits),
    };
}
