using System.Globalization;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>One event. Valid until the next one is read.</summary>
internal sealed class EveEvent() : LogRow(EveFields.Paths.Length)
{
    /// <summary>The value; empty when unset.</summary>
    public ReadOnlySpan<byte> this[EveField field] => this[(int)field];

    public bool Has(EveField field) => Has((int)field);

    /// <summary>True for an event of a type.</summary>
    public bool Is(ReadOnlySpan<byte> type) => this[EveField.EventType].SequenceEqual(type);

    /// <summary>Keeps the value that was written to the room.</summary>
    public void Keep(EveField field, int length) => Keep((int)field, length);

    /// <summary>Adds an element to a value, unless another one was kept since.</summary>
    public void KeepElement(EveField field, int length)
    {
        if (!Has((int)field) || IsLast((int)field))
            KeepElement((int)field, length);
    }

    /// <summary>A whole number from 0; null when unset or no such number.</summary>
    public long? Count(EveField field) => Count((int)field);

    /// <summary>A port; null when unset or no port.</summary>
    public ushort? Port(EveField field) => Port((int)field);

    /// <summary>A boolean; null when unset.</summary>
    public bool? Flag(EveField field) => Flag((int)field);

    /// <summary>Text; null when unset.</summary>
    public string? Text(EveField field) => Text((int)field);

    /// <summary>The elements of an array as text; empty when unset.</summary>
    public string[] Texts(EveField field) => Texts((int)field);

    /// <summary>A time in nanoseconds since the Unix epoch, by the zone that it names (<c>+hhmm</c>), else UTC; null
    /// when unset or none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="digits">Decimal digits of a second that it has, up to 9.</param>
    public long? TimeNs(EveField field, out int digits) =>
        LogTime.TryParse(this[field], out var timeNs, out digits) ? timeNs : null;

    /// <summary>TCP flags, two hexadecimal digits; null when unset or none.</summary>
    public byte? TcpFlags(EveField field) =>
        byte.TryParse(this[field], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var flags)
            ? flags
            : null;
}
