using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Iec104;

/// <summary>What the data unit of an I-format frame shows (IEC 60870-5-101 §7, with the field sizes of IEC 60870-5-104
/// §7.1).</summary>
internal static class Iec104Asdu
{
    /// <summary>Type, number of objects, cause with originator, common address.</summary>
    public const int HeaderLength = 6;

    private const int AddressLength = 3;

    /// <summary>Bit that says that one address is followed by a sequence of values.</summary>
    private const byte Sequence = 0x80;

    /// <summary>First type in the direction of control; lower ones are in that of monitoring.</summary>
    private const byte FirstCommand = 45;
    private const byte EndOfInitialisation = 70;
    private const byte LastCommand = 113;

    private const int LastCause = 47;
    private const int Activation = 6;
    private const int ActivationConfirmed = 7;
    private const int Deactivation = 8;
    private const int DeactivationConfirmed = 9;
    private const int ActivationEnded = 10;
    private const int FirstRefusal = 44;

    /// <summary>Length that the unit must have, in bytes; 0 when its type has no fixed one, -1 when it is none.
    /// </summary>
    /// <param name="unit">At least the header.</param>
    public static int LengthOf(ReadOnlySpan<byte> unit)
    {
        if ((unit[2] & 0x3F) is 0 or > LastCause)
            return -1;
        var count = unit[1] & (Sequence - 1);
        var size = SizeOf(unit[0]);
        if (size <= 0)
            return size;
        if (count == 0)
            return -1;
        return (unit[1] & Sequence) != 0
            ? HeaderLength + AddressLength + (count * size)
            : HeaderLength + (count * (AddressLength + size));
    }

    /// <summary>Sender, by type and cause: the controlling station is the client.</summary>
    public static SideMatch SideOf(ReadOnlySpan<byte> unit) => (unit[0], unit[2] & 0x3F) switch
    {
        ( < FirstCommand or EndOfInitialisation, _) => SideMatch.Reply,
        ( <= LastCommand, Activation or Deactivation) => SideMatch.Request,
        ( <= LastCommand, ActivationConfirmed or DeactivationConfirmed or ActivationEnded or >= FirstRefusal) =>
            SideMatch.Reply,
        _ => SideMatch.EitherSide,
    };

    /// <summary>Length of one object without its address (IEC 60870-5-101 §7.3, IEC 60870-5-104 §8), in bytes; 0 for
    /// types without a fixed one, -1 for undefined types.</summary>
    private static int SizeOf(byte type) => type switch
    {
        1 or 3 or 45 or 46 or 47 or 70 or 100 or 101 or 105 or 113 => 1,
        5 or 21 or 104 or 106 => 2,
        9 or 11 or 48 or 49 or 110 or 111 => 3,
        2 or 4 or 51 or 122 or 124 => 4,
        6 or 7 or 13 or 15 or 20 or 50 or 112 or 123 => 5,
        10 or 12 or 17 or 120 => 6,
        18 or 19 or 103 or 121 => 7,
        8 or 14 or 16 or 30 or 31 or 58 or 59 or 60 => 8,
        32 or 107 => 9,
        34 or 35 or 38 or 61 or 62 => 10,
        39 or 40 or 64 => 11,
        33 or 36 or 37 or 63 => 12,
        102 or 125 or 126 or >= 128 => 0,
        _ => -1,
    };
}
