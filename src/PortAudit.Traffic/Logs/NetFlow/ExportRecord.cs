using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The values of one record. Reused for the next one.</summary>
internal sealed class ExportRecord
{
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;
    private const byte LongLength = 255;

    private readonly ulong[] _values = new ulong[64];
    private ulong _present;

    /// <summary>Source of IPv6.</summary>
    public IpAddress Source6 { get; private set; }

    /// <summary>Destination of IPv6.</summary>
    public IpAddress Destination6 { get; private set; }

    /// <summary>The value of a field; 0 without it.</summary>
    public ulong this[ExportField field] => Has(field) ? _values[(int)field] : 0;

    /// <summary>True when the record has a field.</summary>
    public bool Has(ExportField field) => (_present & (1UL << (int)field)) != 0;

    /// <summary>The value of a field; null without it.</summary>
    public ulong? Find(ExportField field) => Has(field) ? _values[(int)field] : null;

    /// <summary>Removes all values.</summary>
    public void Clear() => _present = 0;

    /// <summary>Sets a value.</summary>
    public void Set(ExportField field, ulong value)
    {
        _values[(int)field] = value;
        _present |= 1UL << (int)field;
    }

    /// <summary>Sets both addresses. Of different families neither is set.</summary>
    public void Set(IpAddress source, IpAddress destination)
    {
        if (source.IsIpv4 != destination.IsIpv4)
            return;
        if (source.IsIpv4)
        {
            Set(ExportField.Source4, source.Ipv4Value);
            Set(ExportField.Destination4, destination.Ipv4Value);
            return;
        }

        (Source6, Destination6) = (source, destination);
        Set(ExportField.Source6, 0);
        Set(ExportField.Destination6, 0);
    }

    /// <summary>Reads the next record of a set and moves <paramref name="bytes"/> behind it. False when what is left is
    /// no whole record.</summary>
    public bool TryRead(ExportTemplate template, ref ReadOnlySpan<byte> bytes)
    {
        Clear();
        if (bytes.Length < template.Length)
            return false;
        var rest = bytes;
        foreach (var field in template.Fields)
        {
            int length = field.Length;
            if (length == ExportTemplate.Variable && !TryReadLength(ref rest, out length))
                return false;
            if (rest.Length < length)
                return false;
            if (field.Field != ExportField.None && length > 0)
                Set(field.Field, rest[..length]);
            rest = rest[length..];
        }

        bytes = rest;
        return true;
    }

    /// <summary>Length of a field in one byte, or behind 255 in two (RFC 7011 §7).</summary>
    private static bool TryReadLength(ref ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.IsEmpty)
            return false;
        length = bytes[0];
        var taken = 1;
        if (length == LongLength)
        {
            if (bytes.Length < 3)
                return false;
            (length, taken) = ((bytes[1] << 8) | bytes[2], 3);
        }

        bytes = bytes[taken..];
        return true;
    }

    /// <summary>Sets a value as sent: a number of any length (RFC 7011 §6.2), or an address.</summary>
    private void Set(ExportField field, ReadOnlySpan<byte> bytes)
    {
        if (field is ExportField.Source6 or ExportField.Destination6)
        {
            if (bytes.Length != Ipv6Length)
                return;
            var address = IpAddress.FromIpv6(bytes);
            if (field == ExportField.Source6)
                Source6 = address;
            else
                Destination6 = address;
        }
        else if (field is ExportField.Source4 or ExportField.Destination4 && bytes.Length != Ipv4Length)
        {
            return;
        }

        var value = 0UL;
        foreach (var octet in bytes[..Math.Min(bytes.Length, sizeof(ulong))])
            value = (value << 8) | octet;

        // Ports have elements for each transport, of which a template may name several.
        if (value != 0 || !Has(field))
            Set(field, value);
    }
}
