// A stranger to Tallystick: checks a published log with the code of Go's checksum database, and knows nothing else of it.
//
// Reads from standard input what to check, as JSON; prints what it found; ends with 1 at the first thing that does not hold.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type task struct {
	Address string   // of one epoch of a log: everything before /checkpoint
	Key     string   // the key that the reader pinned
	Records []record // entries that were shown to the reader
	Older   []older  // checkpoints that the reader kept
}

type record struct {
	Position int64
	Data     []byte      // the leaf data
	Proof    []tlog.Hash // as Tallystick gave it
}

type older struct {
	Note  string
	Proof []tlog.Hash
}

type found struct {
	Size       int64
	Signed     int // lines by the pinned key
	Unknown    int // lines by others
	TilesRead  int
	Records    int
	Consistent int
}

func main() {
	var wanted task
	told, err := io.ReadAll(os.Stdin)
	must(err)
	must(json.Unmarshal(told, &wanted))
	key, err := note.NewVerifier(wanted.Key)
	must(err)

	now, opened := read(string(get(wanted.Address+"/checkpoint")), key)
	tiles := &published{address: wanted.Address}
	hashes := tlog.TileHashReader(now, tiles)
	root, err := tlog.TreeHash(now.N, hashes)
	must(err)
	if root != now.Hash {
		fail("the tiles make another root")
	}
	for _, one := range wanted.Records {
		leaf := tlog.RecordHash(one.Data)
		own, err := tlog.ProveRecord(now.N, one.Position, hashes)
		must(err)
		must(tlog.CheckRecord(own, now.N, now.Hash, one.Position, leaf))
		must(tlog.CheckRecord(one.Proof, now.N, now.Hash, one.Position, leaf))
	}
	for _, one := range wanted.Older {
		then, _ := read(one.Note, key)
		own, err := tlog.ProveTree(now.N, then.N, hashes)
		must(err)
		must(tlog.CheckTree(own, now.N, now.Hash, then.N, then.Hash))
		must(tlog.CheckTree(one.Proof, now.N, now.Hash, then.N, then.Hash))
	}
	must(json.NewEncoder(os.Stdout).Encode(found{
		now.N, len(opened.Sigs), len(opened.UnverifiedSigs), tiles.read, len(wanted.Records), len(wanted.Older),
	}))
}

// read opens a checkpoint: its signature by the pinned key, then its three lines.
func read(text string, key note.Verifier) (tlog.Tree, *note.Note) {
	opened, err := note.Open([]byte(text), note.VerifierList(key))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		fail("this is no checkpoint of that log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}, opened
}

// published reads tiles from their public addresses; TileHashReader checks each against the checkpoint.
type published struct {
	address string
	read    int
}

func (p *published) Height() int { return 8 }

func (p *published) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		all = append(all, get(p.address+"/tile/"+strings.TrimPrefix(tile.Path(), "tile/8/")))
		p.read++
	}
	return all, nil
}

func (p *published) SaveTiles([]tlog.Tile, [][]byte) {}

// get asks as HTTP/1.0 does, which needs nothing but a connection; net/http would take a minute to compile.
func get(address string) []byte {
	host, path, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	server, err := net.Dial("tcp", host)
	must(err)
	defer server.Close()
	_, err = fmt.Fprintf(server, "GET /%s HTTP/1.0\r\nHost: %s\r\n\r\n", path, host)
	must(err)
	answer, err := io.ReadAll(server)
	must(err)
	head, content, _ := bytes.Cut(answer, []byte("\r\n\r\n"))
	if status := strings.Fields(string(head)); len(status) < 2 || status[1] != "200" {
		fail(address + ": " + strings.Join(status, " "))
	}
	return content
}

func must(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(says string) {
	fmt.Fprintln(os.Stderr, says)
	os.Exit(1)
}
