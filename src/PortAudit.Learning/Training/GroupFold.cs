using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PortAudit.Learning.Training;

/// <summary>Parts training examples by group, never by flow: flows of one site resemble each other. A group's part
/// rests on its name and the seed alone.</summary>
internal static class GroupFold
{
    /// <summary>Parts in which the training examples are tuned: each is scored by trees that did not see it.</summary>
    public const int Count = 5;

    /// <summary>The part of a group, 0 to <see cref="Count"/> - 1.</summary>
    public static int Of(string group, int seed) =>
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"fold\n{seed}\n{group}")))) % Count);
}
