namespace PortAudit.Tests.Wire;

/// <summary>Bytes written as hexadecimal digits, with blanks between fields.</summary>
internal static class Hex
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
