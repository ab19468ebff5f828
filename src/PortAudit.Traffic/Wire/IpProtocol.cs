using System.Globalization;

namespace PortAudit.Traffic.Wire;

/// <summary>An IP protocol number (IANA "Assigned Internet Protocol Numbers").</summary>
/// <param name="Value">The number, 0 to 255.</param>
public readonly record struct IpProtocol(byte Value) : IComparable<IpProtocol>
{
    private const byte IcmpNumber = 1;
    private const byte TcpNumber = 6;
    private const byte UdpNumber = 17;
    private const byte EspNumber = 50;
    private const byte IcmpV6Number = 58;
    private const byte SctpNumber = 132;

    /// <summary>ICMP for IPv4 (RFC 792).</summary>
    public static IpProtocol Icmp => new(IcmpNumber);

    /// <summary>TCP (RFC 9293).</summary>
    public static IpProtocol Tcp => new(TcpNumber);

    /// <summary>UDP (RFC 768).</summary>
    public static IpProtocol Udp => new(UdpNumber);

    /// <summary>Encapsulating Security Payload (RFC 4303).</summary>
    public static IpProtocol Esp => new(EspNumber);

    /// <summary>ICMP for IPv6 (RFC 4443).</summary>
    public static IpProtocol IcmpV6 => new(IcmpV6Number);

    /// <summary>SCTP (RFC 9260).</summary>
    public static IpProtocol Sctp => new(SctpNumber);

    /// <summary>True for ICMP of either family.</summary>
    public bool IsIcmp => Value is IcmpNumber or IcmpV6Number;

    /// <summary>True for TCP, UDP and SCTP.</summary>
    public bool HasPorts => Value is TcpNumber or UdpNumber or SctpNumber;

    /// <inheritdoc />
    public bool Equals(IpProtocol other) => Value == other.Value;

    /// <inheritdoc />
    public override int GetHashCode() => Value;

    /// <inheritdoc />
    public int CompareTo(IpProtocol other) => Value.CompareTo(other.Value);

    /// <summary>The name in reports and rules: <c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmp6</c>, <c>sctp</c> or
    /// <c>ip:N</c>.</summary>
    public override string ToString() => Value switch
    {
        IcmpNumber => "icmp",
        TcpNumber => "tcp",
        UdpNumber => "udp",
        IcmpV6Number => "icmp6",
        SctpNumber => "sctp",
        _ => string.Create(CultureInfo.InvariantCulture, $"ip:{Value}"),
    };

    /// <summary>Parses the name written by <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out IpProtocol protocol)
    {
        (protocol, var known) = text switch
        {
            "icmp" => (Icmp, true),
            "tcp" => (Tcp, true),
            "udp" => (Udp, true),
            "icmp6" => (IcmpV6, true),
            "sctp" => (Sctp, true),
            _ => (default, false),
        };
        if (known)
            return true;
        if (!text.StartsWith("ip:", StringComparison.Ordinal)
            || !byte.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        protocol = new IpProtocol(number);
        return true;
    }
}
