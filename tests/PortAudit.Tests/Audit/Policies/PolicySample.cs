using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies;

/// <summary>Makes small policies.</summary>
internal static class PolicySample
{
    private const string File = "fw.conf";

    /// <summary>A rule on a line of its number.</summary>
    public static PolicyRule Rule(int number, PolicyAction action, string from = "any", string to = "any",
        params ServiceMatch[] services) => new()
        {
            Name = $"rule {number}",
            Line = new PolicyLine(File, number),
            Text = $"{action} {from} {to}",
            Action = action,
            Source = new AddressMatch(Addresses(from)),
            Destination = new AddressMatch(Addresses(to)),
            Services = services.Length == 0 ? [ServiceMatch.Any] : [.. services],
        };

    /// <summary>The default of a list.</summary>
    public static PolicyRule Default(PolicyAction action) => Rule(1000, action) with
    {
        Name = "default",
        IsImplicit = true,
    };

    /// <summary>TCP to ports.</summary>
    public static ServiceMatch Tcp(ushort first, ushort? last = null) =>
        ServiceMatch.Of(IpProtocol.Tcp, IntervalSet.Of(first, last ?? first));

    /// <summary>UDP to ports.</summary>
    public static ServiceMatch Udp(ushort first, ushort? last = null) =>
        ServiceMatch.Of(IpProtocol.Udp, IntervalSet.Of(first, last ?? first));

    /// <summary>A list that is applied to all that passes through.</summary>
    public static PolicyList List(string name, params PolicyRule[] rules) => new()
    {
        Name = name,
        Rules = [.. rules],
        Bindings = [Binding()],
    };

    /// <summary>A list that is only jumped to.</summary>
    public static PolicyList Chain(string name, params PolicyRule[] rules) =>
        List(name, rules) with { Bindings = [] };

    /// <summary>A binding to what passes through between zones.</summary>
    public static PolicyBinding Binding(string? from = null, string? to = null,
        PolicyHook hook = PolicyHook.Forward) => new(hook, Zones(from), Zones(to));

    /// <summary>Zones of names; any for null.</summary>
    public static ZoneMatch Zones(params string?[] names) => new([.. names.OfType<string>()]);

    /// <summary>A policy of lists.</summary>
    public static Policy Policy(params PolicyList[] lists) => new()
    {
        Name = "fw",
        Format = "sample",
        Files = [new PolicyFile(File, new string('0', 64))],
        Lists = [.. lists],
    };

    /// <summary>The first packet of a TCP connection.</summary>
    public static PolicyProbe Probe(string from, string to, ushort port) =>
        new(Address(from), Address(to), IpProtocol.Tcp, 40_000, port);

    /// <summary>Addresses: <c>any</c>, or prefixes with commas between them.</summary>
    public static IntervalSet<UInt128> Addresses(string text) => text == "any"
        ? AddressSet.Any
        : IntervalSet.Of(text.Split(',').Select(Prefix).SelectMany(prefix => AddressSet.Of(prefix).Ranges));

    /// <summary>An address.</summary>
    public static IpAddress Address(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        return address;
    }

    private static Prefix Prefix(string text) => text.Split('/') is [var address, var length]
        ? new Prefix(Address(address), int.Parse(length, System.Globalization.CultureInfo.InvariantCulture))
        : new Prefix(Address(text), Address(text).IsIpv4 ? 32 : 128);
}
